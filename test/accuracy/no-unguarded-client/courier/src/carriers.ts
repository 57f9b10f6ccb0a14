import axios, { type AxiosInstance } from 'axios';
import Stripe from 'stripe';
import { carrierPolicy, carrierSlots, Guarded, policies, Protected, withAttempts, withBreaker } from './policies.js';

interface Quote {
  readonly carrier: string;
  readonly cents: number;
}

// ok: no-unguarded-client -- every use goes through a policy of the record
const rates = axios.create({ baseURL: 'https://rates.courier.test', timeout: 2_000 });
// expect: no-unguarded-client/unguarded
const customs = axios.create({ baseURL: 'https://customs.courier.test', timeout: 2_000 });
// expect: no-unguarded-client/unguarded
const slots = axios.create({ baseURL: 'https://slots.courier.test', timeout: 2_000 });

export async function quote(weight: number): Promise<Quote[]> {
  const { data } = await policies.rates.execute(() => rates.get<Quote[]>('/quotes', { params: { weight } }));
  return data;
}

export const declare = (parcel: string) => policies.customs.execute(() => customs.post('/declarations', { parcel }));
export const book = (parcel: string) => carrierSlots.execute(() => slots.put(`/slots/${parcel}`));

const tracking = new Guarded('tracking');

export async function track(code: string): Promise<unknown> {
  return tracking.run(async (signal) => {
    // ok: no-unguarded-client -- a class of another file runs it under its policy
    const answer = await fetch(`https://tracking.courier.test/v1/${code}`, { signal });
    if (!answer.ok) throw new Error(`tracking: ${answer.status}`);
    return answer.json();
  });
}

async function loadZones(country: string): Promise<unknown> {
  // ok: no-unguarded-client -- handed only to the higher-order guard
  const answer = await fetch(`https://zones.courier.test/${country}`);
  if (!answer.ok) throw new Error(`zones: ${answer.status}`);
  return answer.json();
}
export const zones = withBreaker(loadZones);

async function loadHolidays(country: string): Promise<unknown> {
  // expect: no-unguarded-client/unguarded
  const answer = await fetch(`https://holidays.courier.test/${country}`);
  if (!answer.ok) throw new Error(`holidays: ${answer.status}`);
  return answer.json();
}
export const holidays = withAttempts(loadHolidays);

export class LabelPrinter {
  // expect: no-unguarded-client/unguarded
  private readonly http: AxiosInstance = axios.create({ baseURL: 'https://labels.courier.test', timeout: 3_000 });
  // ok: no-unguarded-client -- only the guarded private method uses it
  private readonly archive: AxiosInstance = axios.create({ baseURL: 'https://archive.courier.test', timeout: 3_000 });

  print(id: string) {
    return policies.labels.execute(() => this.http.get(`/labels/${id}`));
  }

  async preview(id: string): Promise<Buffer> {
    const { data } = await this.http.get<Buffer>(`/labels/${id}/preview`, { responseType: 'arraybuffer' });
    return data;
  }

  store(id: string) {
    return carrierPolicy.execute(() => this.upload(id));
  }

  private async upload(id: string): Promise<void> {
    await this.archive.put(`/labels/${id}`);
  }
}

export class Pickups {
  @Protected()
  async schedule(day: string): Promise<unknown> {
    // ok: no-unguarded-client -- the decorator runs the method under a breaker
    const answer = await fetch(`https://pickups.courier.test/${day}`, { method: 'PUT' });
    if (!answer.ok) throw new Error(`pickup: ${answer.status}`);
    return answer.json();
  }

  async cancel(id: string): Promise<void> {
    // expect: no-unguarded-client/unguarded
    const answer = await fetch(`https://cancellations.courier.test/${id}`, { method: 'DELETE' });
    if (!answer.ok) throw new Error(`cancel: ${answer.status}`);
  }
}

// expect: no-unguarded-client/unguarded
const stripe = new Stripe(process.env['STRIPE_KEY'] ?? '', { timeout: 10_000 });
export const payouts = () => stripe.payouts.list({ limit: 10 });

const guardedFetch: typeof fetch = (input, init) => carrierPolicy.execute(() => fetch(input, init));
// ok: no-unguarded-client -- a guarded stand-in for fetch
export const depots = async () => (await guardedFetch('https://depots.courier.test')).status;

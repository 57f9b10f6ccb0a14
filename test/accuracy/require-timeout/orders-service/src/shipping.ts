import axios from 'axios';
import type { AxiosRequestConfig } from 'axios';

const carriers = ['dhl', 'ups'] as const;
const LIMIT = 2 * 1000;
const shared = { timeout: LIMIT, headers: { accept: 'application/json' } } as const;

// ok: require-timeout -- used here only, and each use has a limit
const tracking = axios.create({ baseURL: 'https://tracking.internal' });

// expect: require-timeout/missing
const labels = axios.create({ baseURL: 'https://labels.internal' });

function configFor(carrier: string): AxiosRequestConfig {
  return { headers: { 'x-carrier': carrier } };
}

function boundedConfigFor(carrier: string): AxiosRequestConfig {
  return Object.assign({ timeout: 1500 }, configFor(carrier));
}

export async function track(id: string): Promise<unknown> {
  const { data } = await tracking.get(`/${id}`, { timeout: 2000 });
  return data;
}

export async function trackMany(ids: string[]): Promise<unknown> {
  const { data } = await tracking.post('/batch', { ids }, { timeout: LIMIT * 2 });
  return data;
}

export async function printLabel(id: string): Promise<Buffer> {
  const { data } = await labels.get<Buffer>(`/${id}`, { responseType: 'arraybuffer', timeout: 5000 });
  return data;
}

export async function voidLabel(id: string): Promise<void> {
  await labels.delete(`/${id}`);
}

export async function quotes(parcel: unknown): Promise<unknown[]> {
  return Promise.all(
    carriers.map(async (carrier) => {
      // expect: require-timeout/missing
      const { data } = await axios.post(`https://${carrier}.test/quotes`, parcel, configFor(carrier));
      return data as unknown;
    }),
  );
}

export async function boundedQuotes(parcel: unknown): Promise<unknown[]> {
  return Promise.all(
    carriers.map(async (carrier) => {
      // ok: require-timeout -- Object.assign in a function
      const { data } = await axios.post(`https://${carrier}.test/quotes`, parcel, boundedConfigFor(carrier));
      return data as unknown;
    }),
  );
}

export async function rates(): Promise<unknown> {
  // ok: require-timeout -- a spread constant
  const { data } = await axios.get('https://rates.test', { ...shared, params: { currency: 'EUR' } });
  return data;
}

export async function zones(): Promise<unknown> {
  // expect: require-timeout/missing
  const { data } = await axios.get('https://zones.test', { params: { country: 'DE' } });
  return data;
}

export async function pickup(body: unknown, express: boolean): Promise<unknown> {
  // ok: require-timeout -- a limit on both paths
  const response = await axios({
    method: 'post',
    url: 'https://pickup.test',
    data: body,
    timeout: express ? 1000 : 4000,
  });
  return response.data as unknown;
}

export async function cancelPickup(id: string): Promise<void> {
  // expect: require-timeout/missing
  await axios({ method: 'delete', url: `https://pickup.test/${id}` });
}

export async function reschedule(id: string): Promise<void> {
  const { put, request: send } = axios;
  // expect: require-timeout/missing
  await put(`https://pickup.test/${id}`, { date: 'tomorrow' });
  // expect: require-timeout/missing
  await send({ url: `https://pickup.test/${id}/confirm`, method: 'POST' });
  // ok: require-timeout -- a signal
  await put(`https://pickup.test/${id}/done`, {}, { signal: AbortSignal.timeout(1200) });
}

export async function legacyTrack(id: string): Promise<unknown> {
  const source = axios.CancelToken.source();
  const timer = setTimeout(() => source.cancel('timeout'), 3000);
  try {
    // ok: require-timeout -- a cancel token that a timer cancels
    return await axios.get(`https://legacy.test/${id}`, { cancelToken: source.token });
  } finally {
    clearTimeout(timer);
  }
}

export async function withDefaulted(url: string, options: AxiosRequestConfig = {}): Promise<unknown> {
  options.timeout ??= 60_000;
  // ok: require-timeout -- a default by `??=`
  const { data } = await axios.get(url, options);
  return data;
}

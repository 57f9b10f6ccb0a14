import axios from 'axios';
import { bulkhead, circuitBreaker, ConsecutiveBreaker, fallback, handleAll, wrap, type IPolicy } from 'cockatiel';
import { aggressive, billingBreaker, cooperative, makeBreaker, readWith, twice } from './resilience.js';

const http = axios.create({ baseURL: 'https://billing.test', timeout: 2_000 });

export async function invoice(id: string): Promise<unknown> {
  // expect: no-misused-guard/perCall
  const breaker = makeBreaker();
  const { data } = await breaker.execute(() => http.get<unknown>(`/invoices/${id}`));
  return data;
}

export async function credit(id: string): Promise<unknown> {
  const policy = wrap(
    twice,
    // expect: no-misused-guard/perCall
    circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(3) }),
    aggressive,
  );
  return policy.execute(() => http.get(`/credits/${id}`));
}

export class DunningService {
  private breaker?: IPolicy;
  private readonly policy = wrap(twice, makeBreaker(), aggressive);

  remind(id: string): Promise<unknown> {
    // ok: no-misused-guard -- made once, kept in the field
    this.breaker ??= makeBreaker();
    return this.breaker.execute(() => http.put(`/reminders/${id}`));
  }

  pause(id: string): Promise<unknown> {
    // ok: no-misused-guard -- the field's policy
    return this.policy.execute(() => http.put(`/reminders/${id}/pause`));
  }

  async resume(ids: string[]): Promise<void> {
    await Promise.all(
      ids.map((id) =>
        // expect: no-misused-guard/perCall (within 1)
        makeBreaker().execute(() => http.put(`/reminders/${id}/resume`)),
      ),
    );
  }
}

export function clientFor(tenant: string) {
  // ok: no-misused-guard -- lives in the client that is returned
  const breaker = makeBreaker();
  return {
    get: (path: string) => breaker.execute(() => http.get(`/${tenant}${path}`)),
    put: (path: string) => breaker.execute(() => http.put(`/${tenant}${path}`)),
  };
}

const tenants: Record<string, IPolicy> = {};

export function forTenant(tenant: string, path: string): Promise<unknown> {
  // ok: no-misused-guard -- kept for each tenant
  const breaker = (tenants[tenant] ??= makeBreaker());
  return breaker.execute(() => http.get(`/${tenant}${path}`));
}

// expect: no-misused-guard/wrongOrder
const breakerOutside = wrap(billingBreaker, twice, aggressive);
export const statement = (id: string) => breakerOutside.execute(() => http.get(`/statements/${id}`));

// ok: no-misused-guard -- retry, breaker, slots, attempt
const ordered = wrap(twice, makeBreaker(), bulkhead(10), aggressive);
export const ledger = (id: string) => ordered.execute(() => http.get(`/ledgers/${id}`));

const inner = wrap(twice, aggressive);
// expect: no-misused-guard/wrongOrder
const nested = wrap(makeBreaker(), inner);
export const dispute = (id: string) => nested.execute(() => http.get(`/disputes/${id}`));

const disputes = makeBreaker();
export const evidence = (id: string) =>
  // expect: no-misused-guard/wrongOrder (within 1)
  disputes.execute(() => twice.execute(() => http.get(`/evidence/${id}`)));
const others = makeBreaker();
export const refunds = (id: string) =>
  // ok: no-misused-guard -- the retry is outside
  twice.execute(() => others.execute(() => http.get(`/refunds/${id}`)));

// expect: no-misused-guard/hidesFailures
const hidden = wrap(twice, makeBreaker(), fallback(handleAll, []));
export const coupons = () => hidden.execute(() => http.get('/coupons'));

// ok: no-misused-guard -- the breaker sees the failures
const shown = wrap(fallback(handleAll, []), makeBreaker(), aggressive);
export const vouchers = () => shown.execute(() => http.get('/vouchers'));

const plans = makeBreaker();
export const planNames = () =>
  // expect: no-misused-guard/hidesFailures
  plans.execute(async () => {
    try {
      const { data } = await http.get<string[]>('/plans');
      return data;
      // expect: no-swallowed-failure/swallowed
    } catch {
      return [];
    }
  });

const prices = makeBreaker();
// expect: no-misused-guard/hidesFailures (within 1)
export const priceList = () => prices.execute(() => http.get('/prices').catch(() => null));

// expect: no-misused-guard/ignoredSignal
export const terms = (url: string) => cooperative.execute(() => readWith(url));
// ok: no-misused-guard -- by the second argument
export const notice = (url: string) => cooperative.execute(({ signal }) => readWith(url, signal));
// ok: no-misused-guard -- the context's member
export const rules = (url: string) => cooperative.execute((context) => readWith(url, context.signal));
// ok: no-misused-guard -- aggressive gives up by itself
export const hints = (url: string) => aggressive.execute(() => readWith(url));

const slow = wrap(twice, makeBreaker(), cooperative);
// expect: no-misused-guard/ignoredSignal
export const archive = (id: string) => slow.execute(() => http.get(`/archive/${id}`));
// ok: no-misused-guard -- handed to axios
export const archived = (id: string) => slow.execute(({ signal }) => http.get(`/archive/${id}`, { signal }));

import { circuitBreaker, ConsecutiveBreaker, handleAll, usePolicy } from 'cockatiel';
import { carrierPolicy, withBreaker } from './policies.js';

const local = circuitBreaker(handleAll, { halfOpenAfter: 5_000, breaker: new ConsecutiveBreaker(3) });

export class Outposts {
  @usePolicy(local)
  async list(): Promise<number> {
    // ok: no-unguarded-client -- cockatiel's own decorator
    const answer = await fetch('https://outposts.courier.test/list');
    return answer.status;
  }
}

const lookUp = async (id: string): Promise<number> => {
  // ok: no-unguarded-client -- reached through two guarded callers only
  const answer = await fetch(`https://lookups.courier.test/${id}`);
  return answer.status;
};
const byId = (id: string) => lookUp(id);
export const first = (id: string) => carrierPolicy.execute(() => byId(id));
export const second = (id: string) => local.execute(async () => (await byId(id)) + 1);

// ok: no-unguarded-client -- an arrow handed to the higher-order guard
export const ping = withBreaker(async (host: string) => (await fetch(`https://${host}.ping.courier.test/`)).status);

export async function heartbeat(): Promise<number> {
  // expect: no-unguarded-client/unguarded
  const answer = await fetch('https://heartbeat.courier.test');
  return answer.status;
}

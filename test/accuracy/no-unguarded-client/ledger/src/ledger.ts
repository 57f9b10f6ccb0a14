import got from 'got';
import CircuitBreaker from 'opossum';
import { Pool } from 'pg';
import { createBreaker, guard, timed } from './breakers.js';

// ok: no-unguarded-client -- a store is for `strict`
const pool = new Pool({ max: 10, query_timeout: 2_000 });
export const balance = (id: string) => pool.query('SELECT sum(cents) FROM postings WHERE account = $1', [id]);

// ok: no-unguarded-client -- the named guard of the other file
const bank = got.extend({ prefixUrl: 'https://bank.ledger.test', timeout: { request: 2_000 } });
export const accounts = () => guard('bank', () => bank('accounts').json<string[]>());

// expect: no-unguarded-client/unguarded
const tax = got.extend({ prefixUrl: 'https://tax.ledger.test', timeout: { request: 2_000 } });
export const taxes = (year: number) => timed('tax', () => tax(`years/${year}`).json<number>());

export class FxRates {
  readonly #breaker: CircuitBreaker<[string], number>;

  constructor(private readonly origin: string) {
    this.#breaker = new CircuitBreaker((pair: string) => this.load(pair), { timeout: 1_000, volumeThreshold: 5 });
    this.#breaker.fallback(() => 1);
  }

  rate(pair: string): Promise<number> {
    return this.#breaker.fire(pair);
  }

  private async load(pair: string): Promise<number> {
    // ok: no-unguarded-client -- the class's breaker is its only caller
    const answer = await fetch(`${this.origin}/fx/${pair}`);
    if (!answer.ok) throw new Error(`fx: ${answer.status}`);
    return Number(await answer.text());
  }
}

export class Statements {
  private readonly breaker = createBreaker((id: string) => this.load(id));

  // Callers may also ask past the breaker.
  async load(id: string): Promise<string> {
    // expect: no-unguarded-client/unguarded
    const answer = await fetch(`https://statements.ledger.test/${id}`);
    if (!answer.ok) throw new Error(`statement: ${answer.status}`);
    return answer.text();
  }

  get(id: string): Promise<string> {
    return this.breaker.fire(id);
  }
}

const audit = createBreaker(async (entry: object) => {
  // ok: no-unguarded-client -- a factory makes its breaker
  const answer = await fetch('https://audit.ledger.test', { method: 'PUT', body: JSON.stringify(entry) });
  if (!answer.ok) throw new Error(`audit: ${answer.status}`);
});
export const record = (entry: object) => audit.fire(entry);

// ok: no-unguarded-client -- fetch itself is given to the breaker
const fetchBreaker = new CircuitBreaker(fetch, { timeout: 2_000, volumeThreshold: 5 });
export const openBanking = () => fetchBreaker.fire('https://psd2.ledger.test/consents');

export async function close(day: string): Promise<void> {
  await guard('close', async () => {
    const { ok } = await send(day);
    if (!ok) throw new Error('not closed');
  });
}

function send(day: string): Promise<Response> {
  // ok: no-unguarded-client -- called inside a guard only
  return fetch(`https://close.ledger.test/${day}`, { method: 'PUT' });
}

export async function reopen(day: string): Promise<boolean> {
  // expect: no-unguarded-client/unguarded
  const { ok } = await fetch(`https://reopen.ledger.test/${day}`, { method: 'PUT' });
  return ok;
}

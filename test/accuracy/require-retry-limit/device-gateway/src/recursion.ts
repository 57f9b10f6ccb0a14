import { setTimeout as wait } from 'node:timers/promises';

export async function endless(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    await wait(1000); // expect: require-backoff/constant
    // expect: require-retry-limit/unbounded
    return endless(url);
  }
}

export async function counting(url: string, attempt = 0): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (attempt === 5) throw error;
    await wait(Math.random() * 100 * 2 ** attempt);
    // ok: require-retry-limit -- counted
    return counting(url, attempt + 1);
  }
}

export async function forgotten(url: string, attempt = 0): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (attempt === 5) throw error;
    await wait(Math.random() * 1000); // expect: require-backoff/constant
    // expect: require-retry-limit/unbounded|unreachable
    return forgotten(url, attempt);
  }
}

export class Session {
  private retries = 0;
  private closed = false;

  async open(url: string): Promise<void> {
    try {
      await fetch(url);
      this.retries = 0;
    } catch (error) {
      this.retries += 1;
      if (this.retries > 5) throw error;
      await wait(Math.random() * 100 * 2 ** this.retries);
      // ok: require-retry-limit -- counted by the field
      return this.open(url);
    }
  }

  async hold(url: string): Promise<void> {
    try {
      await fetch(url);
    } catch {
      if (this.closed) return;
      await wait(1000); // expect: require-backoff/constant
      // ok: require-retry-limit -- until somebody closes it
      return this.hold(url);
    }
  }

  close(): void {
    this.closed = true;
  }
}

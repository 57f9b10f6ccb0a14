import { loadProfile, unlock, type Order, type OrdersClient } from './clients.js';

declare const log: { warn(message: string, error?: unknown): void };
declare const metrics: { increment(name: string): void };
declare const cache: { get(key: string): Order[] | undefined };

type Outcome<T> = { ok: true; value: T } | { ok: false; reason: string };

export class Account {
  constructor(
    private readonly orders: OrdersClient,
    private readonly emptyOrders: Order[],
  ) {}

  async list(user: string): Promise<Order[]> {
    try {
      return await this.orders.list(user);
      // expect: no-swallowed-failure/swallowed
    } catch {
      return [];
    }
  }

  async listLogged(user: string): Promise<Order[]> {
    try {
      return await this.orders.list(user);
      // ok: no-swallowed-failure -- logged
    } catch (error) {
      log.warn('no orders', error);
      return [];
    }
  }

  async listCounted(user: string): Promise<Order[]> {
    try {
      return await this.orders.list(user);
      // ok: no-swallowed-failure -- counted
    } catch {
      metrics.increment('orders.failed');
      return [];
    }
  }

  async listDefault(user: string): Promise<Order[]> {
    try {
      return await this.orders.list(user);
      // ok: no-swallowed-failure -- a configured default
    } catch {
      return this.emptyOrders;
    }
  }

  async listCached(user: string): Promise<Order[]> {
    try {
      return await this.orders.list(user);
      // ok: no-swallowed-failure -- what was known before
    } catch {
      return cache.get(user) ?? [];
    }
  }

  async listOutcome(user: string): Promise<Outcome<Order[]>> {
    try {
      return { ok: true, value: await this.orders.list(user) };
      // ok: no-swallowed-failure -- a typed result
    } catch {
      return { ok: false, reason: 'orders' };
    }
  }

  async page(user: string): Promise<{ orders: Order[]; total: number }> {
    try {
      const orders = await this.orders.list(user);
      return { orders, total: orders.length };
      // expect: no-swallowed-failure/swallowed
    } catch (_error) {
      return { orders: [], total: 0 };
    }
  }

  async pageDegraded(user: string): Promise<{ orders: Order[]; degraded: boolean }> {
    try {
      return { orders: await this.orders.list(user), degraded: false };
      // ok: no-swallowed-failure -- the page says so
    } catch {
      return { orders: [], degraded: true };
    }
  }

  async cancel(id: string): Promise<boolean> {
    try {
      await this.orders.cancel(id);
      return true;
      // expect: no-swallowed-failure/swallowed
    } catch {
      return true;
    }
  }

  async cancelTold(id: string): Promise<boolean> {
    try {
      await this.orders.cancel(id);
      return true;
      // ok: no-swallowed-failure -- false says it
    } catch {
      return false;
    }
  }

  async cancelAll(ids: string[]): Promise<void> {
    for (const id of ids) {
      try {
        await this.orders.cancel(id);
        // expect: no-swallowed-failure/swallowed
      } catch {
        continue;
      }
    }
  }

  async cancelWithReason(id: string): Promise<void> {
    try {
      await this.orders.cancel(id);
      // ok: no-swallowed-failure -- a reason is given
    } catch {
      // The nightly reconciliation cancels what is left over.
    }
  }

  async cancelUnlessGone(id: string): Promise<void> {
    try {
      await this.orders.cancel(id);
      // ok: no-swallowed-failure -- narrowed
    } catch (error) {
      if ((error as { response?: { status: number } }).response?.status !== 404) throw error;
    }
  }

  async dispose(user: string): Promise<void> {
    try {
      await this.orders.cancel(user);
      // ok: no-swallowed-failure -- teardown
    } catch {}
  }
}

export async function name(user: string): Promise<string> {
  let found: string | undefined;
  try {
    found = (await loadProfile(user))?.name;
    // ok: no-swallowed-failure -- what is missing is tested below
  } catch {}
  if (found === undefined) throw new Error('no profile');
  return found;
}

export async function greeting(user: string): Promise<string> {
  let found = '';
  try {
    found = (await loadProfile(user))?.name ?? '';
    // expect: no-swallowed-failure/swallowed
  } catch {
    found = '';
  }
  return `Hello ${found}`;
}

export async function nameWithRetries(user: string): Promise<string> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return (await loadProfile(user))?.name ?? 'somebody';
      // ok: no-swallowed-failure -- goes round, and ends in an error
    } catch {}
  }
  throw new Error('no profile');
}

export async function nameFromEither(user: string): Promise<string> {
  try {
    return (await loadProfile(user))?.name ?? 'somebody';
    // ok: no-swallowed-failure -- another source
  } catch {}
  return (await loadProfile(`backup-${user}`))?.name ?? 'somebody';
}

// expect: no-swallowed-failure/swallowed
export const profile = (user: string) => loadProfile(user).catch(() => null);

// expect: no-swallowed-failure/swallowed (within 1)
export const profiles = (users: [string, string]) =>
  Promise.all(users.map((user) => loadProfile(user).catch(() => ({}))));

// ok: no-swallowed-failure -- logged in the chain
export const profileLogged = (user: string) => loadProfile(user).catch((error: unknown) => log.warn('none', error));

export async function profileOrThrow(user: string): Promise<{ name: string }> {
  // ok: no-swallowed-failure -- tested on the next line
  const found = await loadProfile(user).catch(() => null);
  if (!found) throw new Error('no profile');
  return found;
}

export async function profileOrDefault(user: string, fallback: { name: string }): Promise<{ name: string }> {
  // ok: no-swallowed-failure -- the caller says what stands in
  return (await loadProfile(user).catch(() => null)) ?? fallback;
}

export async function locked(key: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    // ok: no-swallowed-failure -- a lock is given back
    await unlock(key).catch(() => {});
  }
}

export async function hasProfile(user: string): Promise<boolean> {
  try {
    await loadProfile(user);
    return true;
    // ok: no-swallowed-failure -- a probe
  } catch {
    return false;
  }
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
    // ok: no-swallowed-failure -- nothing downstream
  } catch {
    return null;
  }
}

export async function publish(urls: [string, string]): Promise<void> {
  // expect: no-swallowed-failure/unreadSettled
  await Promise.allSettled(urls.map((url) => fetch(url, { method: 'POST' })));
}

export async function publishCounted(urls: [string, string]): Promise<number> {
  // ok: no-swallowed-failure -- read
  const results = await Promise.allSettled(urls.map((url) => fetch(url, { method: 'POST' })));
  return results.filter((result) => result.status === 'rejected').length;
}

export async function publishTold(urls: [string, string]): Promise<void> {
  // ok: no-swallowed-failure -- each tells by itself
  await Promise.allSettled(
    urls.map(async (url) => {
      try {
        await fetch(url, { method: 'POST' });
      } catch (error) {
        log.warn(url, error);
      }
    }),
  );
}

export async function trackVisit(user: string): Promise<void> {
  try {
    await fetch(`https://events.test/${user}`, { method: 'POST' });
    // expect: no-swallowed-failure/swallowed
  } catch {}
}

export async function refresh(user: string): Promise<void> {
  try {
    await fetch(`https://views.test/${user}`, { method: 'PUT' });
    // unknown: no-swallowed-failure -- a word, but no reason
  } catch {
    /* ignore */
  }
}

export async function describeError(url: string): Promise<never> {
  const response = await fetch(url);
  // ok: no-swallowed-failure -- enriches an error
  throw new Error(`${response.status} ${await response.text().catch(() => '')}`);
}

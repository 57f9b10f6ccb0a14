import { readFile } from 'node:fs/promises';
import { HeadObjectCommand, NotFound, S3Client } from '@aws-sdk/client-s3';
import axios from 'axios';
import type { NextFunction, Request, Response as ExpressResponse } from 'express';
import { Redis } from 'ioredis';

interface Ticket {
  readonly id: string;
  readonly open: boolean;
}
interface Logger {
  error(details: object, message: string): void;
  warn(message: string, ...details: unknown[]): void;
}
type Result<T> = { readonly success: true; readonly data: T } | { readonly success: false; readonly error: string };

const http = axios.create({ baseURL: 'https://desk.test', timeout: 2_000 });
const redis = new Redis({ commandTimeout: 500 });
const s3 = new S3Client({});

export class TicketClient {
  private lastError: unknown;
  private failures = 0;
  private status: 'up' | 'down' = 'up';
  private readonly recent = new Map<string, Ticket[]>();

  constructor(
    private readonly logger: Logger,
    private readonly options: { readonly defaultTickets: Ticket[] },
  ) {}

  async list(user: string): Promise<Ticket[]> {
    try {
      const { data } = await http.get<Ticket[]>(`/users/${user}/tickets`);
      this.recent.set(user, data);
      return data;
      // expect: no-swallowed-failure/swallowed
    } catch {
      return [];
    }
  }

  async count(user: string): Promise<number> {
    try {
      const { data } = await http.get<{ total: number }>(`/users/${user}/tickets/count`);
      return data.total;
      // expect: no-swallowed-failure/swallowed
    } catch (error) {
      return 0;
    }
  }

  async find(id: string): Promise<Ticket | null> {
    try {
      const { data } = await http.get<Ticket>(`/tickets/${id}`);
      return data;
      // expect: no-swallowed-failure/swallowed
    } catch {
      return null;
    }
  }

  async findKnown(id: string): Promise<Ticket | null> {
    try {
      const { data } = await http.get<Ticket>(`/tickets/${id}`);
      return data;
      // ok: no-swallowed-failure -- only what is not there
    } catch (error) {
      if (axios.isAxiosError(error) && error.response?.status === 404) return null;
      throw error;
    }
  }

  async findLogged(id: string): Promise<Ticket | undefined> {
    try {
      const { data } = await http.get<Ticket>(`/tickets/${id}`);
      return data;
      // ok: no-swallowed-failure -- logged
    } catch (error) {
      this.logger.error({ error, id }, 'no ticket');
      return undefined;
    }
  }

  async findRecent(user: string): Promise<Ticket[]> {
    try {
      const { data } = await http.get<Ticket[]>(`/users/${user}/tickets`);
      return data;
      // ok: no-swallowed-failure -- what was known before
    } catch {
      return this.recent.get(user) ?? [];
    }
  }

  async findOrDefault(user: string): Promise<Ticket[]> {
    try {
      const { data } = await http.get<Ticket[]>(`/users/${user}/tickets`);
      return data;
      // ok: no-swallowed-failure -- a configured default
    } catch {
      return this.options.defaultTickets;
    }
  }

  async findOr(user: string, otherwise: Ticket[]): Promise<Ticket[]> {
    try {
      const { data } = await http.get<Ticket[]>(`/users/${user}/tickets`);
      return data;
      // ok: no-swallowed-failure -- the caller's default
    } catch {
      return otherwise;
    }
  }

  async close(id: string): Promise<Result<Ticket>> {
    try {
      const { data } = await http.put<Ticket>(`/tickets/${id}`, { open: false });
      return { success: true, data };
      // ok: no-swallowed-failure -- the result tells
    } catch (error) {
      return { success: false, error: String(error) };
    }
  }

  async reopen(id: string): Promise<{ ok: boolean }> {
    try {
      await http.put(`/tickets/${id}`, { open: true });
      // expect: no-swallowed-failure/swallowed
    } catch {
      return { ok: true };
    }
    return { ok: true };
  }

  async isUp(): Promise<boolean> {
    try {
      await http.get('/health');
      return true;
      // ok: no-swallowed-failure -- a probe: false tells
    } catch {
      return false;
    }
  }

  async watch(): Promise<void> {
    try {
      await http.get('/health');
      this.status = 'up';
      // ok: no-swallowed-failure -- kept in the state
    } catch {
      this.status = 'down';
    }
  }

  async poll(): Promise<void> {
    try {
      await http.get('/changes');
      // ok: no-swallowed-failure -- kept for later
    } catch (error) {
      this.lastError = error;
    }
  }

  async attempt(): Promise<void> {
    try {
      await http.get('/changes');
      this.failures = 0;
      // ok: no-swallowed-failure -- counted
    } catch {
      this.failures += 1;
    }
  }

  get problems(): unknown {
    return [this.status, this.failures, this.lastError];
  }

  async assign(id: string, agent: string): Promise<void> {
    try {
      await http.put(`/tickets/${id}/agent`, { agent });
      // expect: no-swallowed-failure/swallowed
    } catch {}
  }

  async escalate(id: string): Promise<void> {
    try {
      await http.put(`/tickets/${id}/level`, { level: 2 });
      // expect: no-swallowed-failure/swallowed
    } catch {
      // eslint-disable-next-line no-empty
    }
  }

  async touch(id: string): Promise<void> {
    try {
      await redis.expire(`ticket:${id}`, 60);
      // ok: no-swallowed-failure -- the comment gives the reason
    } catch {
      // The entry then expires earlier, and is read from the service again.
    }
  }

  async hasAttachment(Key: string): Promise<boolean> {
    try {
      await s3.send(new HeadObjectCommand({ Bucket: 'attachments', Key }));
      return true;
      // ok: no-swallowed-failure -- narrowed to what is not there
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }

  async all(users: string[]): Promise<Ticket[]> {
    const found: Ticket[] = [];
    for (const user of users) {
      try {
        const { data } = await http.get<Ticket[]>(`/users/${user}/tickets`);
        found.push(...data);
        // expect: no-swallowed-failure/swallowed
      } catch {
        continue;
      }
    }
    return found;
  }

  async allOrErrors(users: string[]): Promise<{ found: Ticket[]; errors: unknown[] }> {
    const found: Ticket[] = [];
    const errors: unknown[] = [];
    for (const user of users) {
      try {
        const { data } = await http.get<Ticket[]>(`/users/${user}/tickets`);
        found.push(...data);
        // ok: no-swallowed-failure -- collected
      } catch (error) {
        errors.push(error);
      }
    }
    return { found, errors };
  }
}

export const names = (ids: string[]): Promise<string[]> =>
  http
    .get<string[]>('/names', { params: { ids } })
    .then(({ data }) => data)
    // expect: no-swallowed-failure/swallowed
    .catch(() => []);

export const settings = async (): Promise<Record<string, string>> => {
  // expect: no-swallowed-failure/swallowed
  const { data } = await http.get<Record<string, string>>('/settings').catch(() => ({ data: {} }));
  return data;
};

export async function theme(user: string): Promise<string | undefined> {
  // unknown: no-swallowed-failure -- a cache may be missed
  return (await redis.get(`theme:${user}`).catch(() => null)) ?? undefined;
}

export async function macros(): Promise<string[] | null> {
  // expect: no-swallowed-failure/swallowed
  return http.get<string[]>('/macros').then(
    ({ data }) => data,
    () => null,
  );
}

export const macrosLogged = (logger: Logger): Promise<string[] | null> =>
  http
    .get<string[]>('/macros')
    .then(({ data }) => data)
    // ok: no-swallowed-failure -- logged
    .catch((error: unknown) => {
      logger.warn('no macros', error);
      return null;
    });

export async function explain(id: string): Promise<never> {
  const answer = await fetch(`https://desk.test/tickets/${id}/problems`);
  // ok: no-swallowed-failure -- only to word the error that follows
  const body = (await answer.json().catch(() => ({}))) as { message?: string };
  throw new Error(body.message ?? `status ${answer.status}`);
}

export async function firstRun(): Promise<string> {
  try {
    return await readFile('/var/lib/desk/state', 'utf8');
    // ok: no-swallowed-failure -- not there at first
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export async function handler(request: Request, response: ExpressResponse, next: NextFunction): Promise<void> {
  try {
    const { data } = await http.get<Ticket>(`/tickets/${String(request.params['id'])}`);
    response.json(data);
    // ok: no-swallowed-failure -- express gets it
  } catch (error) {
    next(error);
  }
}

export async function badGateway(_request: Request, response: ExpressResponse): Promise<void> {
  try {
    const { data } = await http.get<Ticket[]>('/tickets');
    response.json(data);
    // ok: no-swallowed-failure -- the client is told
  } catch {
    response.status(502).json({ message: 'the desk does not answer' });
  }
}

export function promised(id: string): Promise<Ticket> {
  return new Promise((resolve, reject) => {
    http
      .get<Ticket>(`/tickets/${id}`)
      .then(({ data }) => resolve(data))
      // ok: no-swallowed-failure -- rejected
      .catch(reject);
  });
}

export function withCallback(id: string, done: (error: unknown, ticket?: Ticket) => void): void {
  http
    .get<Ticket>(`/tickets/${id}`)
    .then(({ data }) => done(null, data))
    // ok: no-swallowed-failure -- the callback gets it
    .catch((error: unknown) => done(error));
}

export async function shutDown(): Promise<void> {
  try {
    await redis.quit();
    // ok: no-swallowed-failure -- teardown
  } catch {
    redis.disconnect();
  }
}

export async function locked<T>(key: string, work: () => Promise<T>): Promise<T> {
  await redis.set(key, '1', 'PX', 5_000, 'NX');
  try {
    return await work();
  } finally {
    // ok: no-swallowed-failure -- clean-up: the lock expires anyway
    await redis.del(key).catch(() => undefined);
  }
}

export async function broadcast(ids: string[]): Promise<void> {
  // expect: no-swallowed-failure/unreadSettled
  await Promise.allSettled(ids.slice(0, 5).map((id) => http.put(`/tickets/${id}/notice`)));
}

export async function broadcastCounted(ids: string[]): Promise<number> {
  // ok: no-swallowed-failure -- the failures are counted
  const results = await Promise.allSettled(ids.slice(0, 5).map((id) => http.put(`/tickets/${id}/notice`)));
  return results.filter(({ status }) => status === 'rejected').length;
}

export async function broadcastTold(ids: string[], logger: Logger): Promise<void> {
  // ok: no-swallowed-failure -- each failure is told
  const results = await Promise.allSettled(ids.slice(0, 5).map((id) => http.put(`/tickets/${id}/notice`)));
  for (const result of results) if (result.status === 'rejected') logger.warn('no notice', result.reason);
}

export async function broadcastReturned(ids: string[]): Promise<PromiseSettledResult<unknown>[]> {
  // ok: no-swallowed-failure -- the caller's
  return Promise.allSettled(ids.slice(0, 5).map((id) => http.put(`/tickets/${id}/notice`)));
}

export async function search(query: string, logger: Logger, signal: AbortSignal): Promise<Ticket[]> {
  try {
    const { data } = await http.get<Ticket[]>('/search', { params: { query }, signal });
    return data;
    // unknown: no-swallowed-failure/cancellationSwallowed
  } catch (error) {
    logger.warn('search failed', error);
    return [];
  }
}

export async function searchOrStop(query: string, logger: Logger, signal: AbortSignal): Promise<Ticket[]> {
  try {
    const { data } = await http.get<Ticket[]>('/search', { params: { query }, signal });
    return data;
    // ok: no-swallowed-failure -- a cancellation goes on
  } catch (error) {
    if (axios.isCancel(error)) throw error;
    logger.warn('search failed', error);
    return [];
  }
}

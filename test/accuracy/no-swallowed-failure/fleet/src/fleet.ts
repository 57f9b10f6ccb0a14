import { catchError, EMPTY, from, of, throwError, type Observable } from 'rxjs';

interface Truck {
  readonly id: string;
}

async function load<T>(path: string): Promise<T> {
  const answer = await fetch(`https://fleet.test${path}`);
  if (!answer.ok) throw new Error(`fleet: ${answer.status}`);
  return (await answer.json()) as T;
}
declare const logger: { warn(message: unknown): void };

export async function checkFuel(id: string): Promise<number> {
  try {
    return await load<number>(`/trucks/${id}/fuel`);
    // expect: no-swallowed-failure/swallowed
  } catch {
    return 0;
  }
}

export async function hasDriver(id: string): Promise<boolean> {
  try {
    await load(`/trucks/${id}/driver`);
    return true;
    // ok: no-swallowed-failure -- false is no success
  } catch {
    return false;
  }
}

export async function isAllowed(id: string): Promise<boolean> {
  try {
    return await load<boolean>(`/trucks/${id}/allowed`);
    // expect: no-swallowed-failure/swallowed
  } catch {
    return true;
  }
}

export async function closeTrip(id: string): Promise<void> {
  try {
    await load(`/trips/${id}/close`);
    // expect: no-swallowed-failure/swallowed
  } catch {}
}

export function trucks(): Observable<Truck[]> {
  return from(load<Truck[]>('/trucks')).pipe(
    // expect: no-swallowed-failure/swallowed
    catchError(() => of([])),
  );
}

export function positions(): Observable<Truck[]> {
  return from(load<Truck[]>('/positions')).pipe(
    // expect: no-swallowed-failure/swallowed
    catchError(() => EMPTY),
  );
}

export function routes(): Observable<Truck[]> {
  return from(load<Truck[]>('/routes')).pipe(
    // ok: no-swallowed-failure -- told
    catchError((error: unknown) => {
      logger.warn(error);
      return of([]);
    }),
  );
}

export function stops(): Observable<Truck[]> {
  return from(load<Truck[]>('/stops')).pipe(
    // ok: no-swallowed-failure -- thrown again
    catchError(() => throwError(() => new Error('no stops'))),
  );
}

export async function body(path: string): Promise<unknown> {
  const answer = await fetch(`https://fleet.test${path}`);
  // ok: no-swallowed-failure -- words the error
  const problem = answer.ok ? null : await answer.json().catch(() => null);
  if (problem) throw new Error(JSON.stringify(problem));
  return answer.json();
}

export async function warmUp(ids: string[]): Promise<void> {
  for (const id of ids) {
    try {
      await load(`/trucks/${id}`);
      // ok: no-swallowed-failure -- the comment tells why
    } catch {
      // A cold entry is only slower: the next request loads it.
    }
  }
}

export async function retrying(): Promise<Truck[]> {
  let failure: unknown;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      return await load<Truck[]>('/trucks');
      // ok: no-swallowed-failure -- thrown at the end
    } catch (error) {
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt * 100));
    }
  }
  throw failure;
}

export async function merged(ids: string[]): Promise<Truck[]> {
  const found = await Promise.all(
    ids.slice(0, 5).map((id) =>
      load<Truck>(`/trucks/${id}`)
        // expect: no-swallowed-failure/swallowed
        .catch(() => undefined),
    ),
  );
  return found.filter((truck) => truck !== undefined);
}

export async function nested(): Promise<{ items: Truck[]; total: number }> {
  try {
    const items = await load<Truck[]>('/trucks');
    return { items, total: items.length };
    // expect: no-swallowed-failure/swallowed
  } catch (error) {
    return { items: [], total: 0 };
  }
}

export async function withError(): Promise<{ items: Truck[]; error?: string }> {
  try {
    return { items: await load<Truck[]>('/trucks') };
    // ok: no-swallowed-failure -- the result tells
  } catch {
    return { items: [], error: 'unavailable' };
  }
}

export async function tuple(): Promise<[Error | null, Truck[] | null]> {
  try {
    return [null, await load<Truck[]>('/trucks')];
    // ok: no-swallowed-failure -- error first
  } catch (error) {
    return [error as Error, null];
  }
}

export async function fire(): Promise<void> {
  // expect: no-swallowed-failure/unreadSettled
  await Promise.allSettled([load('/a'), load('/b')]);
}

export const shutdown = async (): Promise<void> => {
  try {
    await load('/sessions/end');
    // ok: no-swallowed-failure -- teardown
  } catch {}
};

import { createRequire } from 'node:module';

interface Flags {
  readonly dark: boolean;
  readonly limits: Record<string, number>;
}

const defaults: Flags = { dark: false, limits: {} };
let current: Flags = defaults;
let loadedAt = 0;

declare const Sentry: { captureException(error: unknown): void };
declare const tracer: { active(): { recordException(error: unknown): void; end(): void } };
declare const events: { emit(name: string, payload?: unknown): boolean };
declare function report(error: unknown): void;

async function read<T>(path: string): Promise<T> {
  const answer = await fetch(`https://config.test${path}`);
  if (!answer.ok) throw new Error(`config: ${answer.status}`);
  return (await answer.json()) as T;
}

export async function flags(): Promise<Flags> {
  try {
    return await read<Flags>('/flags');
    // ok: no-swallowed-failure -- declared defaults
  } catch {
    return defaults;
  }
}

export async function limits(): Promise<Record<string, number>> {
  try {
    return (await read<Flags>('/flags')).limits;
    // expect: no-swallowed-failure/swallowed
  } catch {
    return {};
  }
}

export async function refresh(): Promise<void> {
  try {
    current = await read<Flags>('/flags');
    loadedAt = Date.now();
    // expect: no-swallowed-failure/swallowed
  } catch (e) {
    void e;
  }
}

export const age = (): [Flags, number] => [current, Date.now() - loadedAt];

export async function captured(): Promise<Flags | null> {
  try {
    return await read<Flags>('/flags');
    // ok: no-swallowed-failure -- sent to the error tracker
  } catch (error) {
    Sentry.captureException(error);
    return null;
  }
}

export async function traced(): Promise<Flags | null> {
  const span = tracer.active();
  try {
    return await read<Flags>('/flags');
    // ok: no-swallowed-failure -- on the span
  } catch (error) {
    span.recordException(error);
    return null;
  } finally {
    span.end();
  }
}

export async function emitted(): Promise<Flags | null> {
  try {
    return await read<Flags>('/flags');
    // ok: no-swallowed-failure -- listeners are told
  } catch (error) {
    events.emit('config-error', error);
    return null;
  }
}

export async function reported(): Promise<Flags | null> {
  // ok: no-swallowed-failure -- a function that reports it
  return read<Flags>('/flags').catch((error: unknown) => (report(error), null));
}

export async function wrapped(): Promise<Flags> {
  try {
    return await read<Flags>('/flags');
    // ok: no-swallowed-failure -- thrown again, with the cause
  } catch (cause) {
    throw new Error('no flags', { cause });
  }
}

export async function secondTry(): Promise<Flags> {
  try {
    return await read<Flags>('/flags');
    // ok: no-swallowed-failure -- another source
  } catch {
    return read<Flags>('/flags-backup');
  }
}

export async function withFallbackUrl(): Promise<Flags | undefined> {
  for (const path of ['/a', '/b']) {
    try {
      return await read<Flags>(path);
      // ok: no-swallowed-failure -- tries the next, and throws at the end
    } catch {
      continue;
    }
  }
  throw new Error('no source answers');
}

export function optionalDependency(): unknown {
  const require = createRequire(import.meta.url);
  try {
    return require('kerberos') as unknown;
    // ok: no-swallowed-failure -- a feature probe
  } catch {
    return undefined;
  }
}

export function parse(text: string): Flags | null {
  try {
    return JSON.parse(text) as Flags;
    // ok: no-swallowed-failure -- no downstream
  } catch {
    return null;
  }
}

export async function nested(): Promise<Flags | null> {
  try {
    const raw = await fetch('https://config.test/raw');
    if (!raw.ok) throw new Error(`raw: ${raw.status}`);
    return parse(await raw.text());
    // expect: no-swallowed-failure/swallowed
  } catch {
    return null;
  }
}

export async function status(): Promise<{ up: boolean; reason?: string }> {
  try {
    await read('/health');
    return { up: true };
    // ok: no-swallowed-failure -- the result tells
  } catch (error) {
    return { up: false, reason: error instanceof Error ? error.message : 'unknown' };
  }
}

export async function assignment(): Promise<string[]> {
  let names: string[] = [];
  try {
    names = await read<string[]>('/names');
    // expect: no-swallowed-failure/swallowed
  } catch {
    names = [];
  }
  return names;
}

export async function preset(): Promise<string[]> {
  let names: string[] = [];
  try {
    names = await read<string[]>('/names');
    // expect: no-swallowed-failure/swallowed
  } catch {}
  return names;
}

export async function flagged(): Promise<{ names: string[]; partial: boolean }> {
  let names: string[] = [];
  let partial = false;
  try {
    names = await read<string[]>('/names');
    // ok: no-swallowed-failure -- a flag tells
  } catch {
    partial = true;
  }
  return { names, partial };
}

export async function first(): Promise<Flags | undefined> {
  // expect: no-swallowed-failure/swallowed
  const [flag] = await Promise.all([read<Flags>('/flags').catch(() => undefined), read('/other')]);
  return flag;
}

export async function cancelled(signal: AbortSignal): Promise<string | undefined> {
  try {
    const answer = await fetch('https://config.test/long', { signal });
    return answer.ok ? 'yes' : 'no';
    // ok: no-swallowed-failure -- narrowed to the caller's own cancellation
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

const noop = (): void => undefined;

export async function invalidate(key: string): Promise<void> {
  // expect: no-swallowed-failure/swallowed
  await fetch(`https://config.test/cache/${key}`, { method: 'DELETE' }).catch(noop);
}

export async function download(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) {
    // ok: no-swallowed-failure -- teardown of the stream
    await answer.body?.cancel().catch(() => undefined);
    throw new Error(`download: ${answer.status}`);
  }
  return answer.text();
}

export async function exitOnFailure(): Promise<Flags | undefined> {
  try {
    return await read<Flags>('/flags');
    // ok: no-swallowed-failure -- the process ends
  } catch {
    process.exit(1);
  }
}

export async function exitCode(): Promise<void> {
  try {
    current = await read<Flags>('/flags');
    // ok: no-swallowed-failure -- the exit code tells
  } catch {
    process.exitCode = 1;
  }
}

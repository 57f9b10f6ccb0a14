/**
 * A clock that runs a hundred times faster for waits of 400 ms and more: defaults of minutes end in seconds, and every wait that is
 * asked for is written down. Installed before a library is loaded, in a process of its own.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const FACTOR = 100;
const FROM = 400;

/** A wait that was asked for. */
export interface Wait {
  readonly ms: number;
  /** Real time at which it was asked for, ms. */
  readonly setAt: number;
  /** Real time at which it fired, ms; absent: it was cleared, or is still armed. */
  firedAt?: number;
}

export const waits: Wait[] = [];

const realSetTimeout = globalThis.setTimeout;
const realNow = performance.now.bind(performance);

/** A wait by the wall clock. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => realSetTimeout(resolve, ms));

/** Milliseconds by the wall clock. */
export const wallClock = realNow;

let longest = Infinity;

/** From now on no wait takes longer than this by the wall clock: waits between attempts grow without end. */
export function cutWaitsAt(ms: number): void {
  longest = ms;
}

const scale = (ms: number): number => (ms >= FROM && Number.isFinite(ms) ? Math.min(ms / FACTOR, longest) : ms);

/** Installs the clock for the whole process. */
export function installFastClock(): void {
  const patched = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const wait: Wait = { ms: Number(ms), setAt: realNow() };
    waits.push(wait);
    return realSetTimeout(
      (...all: unknown[]) => {
        wait.firedAt = realNow();
        callback(...all);
      },
      scale(Number(ms)),
      ...args,
    );
  };
  Object.defineProperty(patched, Symbol.for('nodejs.util.promisify.custom'), {
    value: (ms: number, value: unknown) => new Promise((resolve) => patched(() => resolve(value), ms)),
  });
  globalThis.setTimeout = patched as unknown as typeof setTimeout;
  const require = createRequire(import.meta.url);
  const timers = require('node:timers') as { setTimeout: unknown };
  timers.setTimeout = patched;
  const promises = require('node:timers/promises') as { setTimeout: unknown };
  promises.setTimeout = (ms: number, value: unknown) => new Promise((resolve) => patched(() => resolve(value), ms));
  const socketTimeout = net.Socket.prototype.setTimeout;
  net.Socket.prototype.setTimeout = function (this: net.Socket, ms: number, callback?: () => void) {
    if (ms > 0) {
      const wait: Wait = { ms, setAt: realNow() };
      waits.push(wait);
      this.once('timeout', () => (wait.firedAt = realNow()));
    }
    return socketTimeout.call(this, scale(ms), callback);
  };
  const signalTimeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms: number) => {
    waits.push({ ms, setAt: realNow() });
    return signalTimeout(scale(ms));
  };
  syncBuiltinESMExports();
}

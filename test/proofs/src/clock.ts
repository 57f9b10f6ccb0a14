/**
 * A clock that runs a hundred times faster for waits of 400 ms and more: defaults of minutes end in seconds, and every wait that is
 * asked for is written down. Installed before a library is loaded, in a process of its own.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const FACTOR = 100;
const FROM = 400;
const LEAST = 1500;

/** A wait that was asked for. */
export interface Wait {
  readonly ms: number;
  /** Real time at which it was asked for, ms. */
  readonly setAt: number;
  /** A limit on a socket's silence, not a timer. */
  readonly socket?: true;
  /** Real time at which it fired, ms; absent: it was cleared, or is still armed. */
  firedAt?: number;
}

export const waits: Wait[] = [];

const realSetTimeout = globalThis.setTimeout;
const realNow = performance.now.bind(performance);

/** undici counts ticks of this many ms instead of setting one timer for each limit. */
const TICK = 499;
let ticks = 0;

/** Milliseconds that undici's ticks have counted. */
export const ticked = (): number => ticks;

/** Whether a wait is such a tick. */
export const isTick = (wait: Wait): boolean => wait.ms === TICK;

/** A wait by the wall clock. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => realSetTimeout(resolve, ms));

/** Milliseconds by the wall clock. */
export const wallClock = realNow;

let shortest: number | undefined;

/**
 * From now on every wait of `FROM` takes this long by the wall clock, and longer ones grow with their logarithm: they keep their order,
 * waits between attempts may grow without end, and on a busy machine no limit on a request fires before the answer is there.
 */
export function squeezeWaits(ms: number): void {
  shortest = ms;
}

const scaleLong = (ms: number): number =>
  // A limit of a few seconds must not fire before a real server on a busy machine has answered; undici's ticks must stay ticks.
  shortest === undefined
    ? ms === TICK
      ? ms / FACTOR
      : Math.max(LEAST, ms / FACTOR)
    : shortest + (shortest / 4) * Math.log2(ms / FROM);

const scale = (ms: number): number => (ms >= FROM && Number.isFinite(ms) ? scaleLong(ms) : ms);

/** Installs the clock for the whole process. */
export function installFastClock(): void {
  const patched = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const wait: Wait = { ms: Number(ms), setAt: realNow() };
    waits.push(wait);
    return realSetTimeout(
      (...all: unknown[]) => {
        wait.firedAt = realNow();
        if (wait.ms === TICK) ticks += TICK;
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
  const realSetInterval = globalThis.setInterval;
  const patchedInterval = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const wait: Wait = { ms: Number(ms), setAt: realNow() };
    waits.push(wait);
    return realSetInterval(
      (...all: unknown[]) => {
        wait.firedAt ??= realNow();
        callback(...all);
      },
      scale(Number(ms)),
      ...args,
    );
  };
  globalThis.setInterval = patchedInterval as unknown as typeof setInterval;
  const require = createRequire(import.meta.url);
  const timers = require('node:timers') as { setTimeout: unknown; setInterval: unknown };
  timers.setTimeout = patched;
  timers.setInterval = patchedInterval;
  const promises = require('node:timers/promises') as { setTimeout: unknown };
  promises.setTimeout = (ms: number, value: unknown) => new Promise((resolve) => patched(() => resolve(value), ms));
  const socketTimeout = net.Socket.prototype.setTimeout;
  net.Socket.prototype.setTimeout = function (this: net.Socket, ms: number, callback?: () => void) {
    if (ms > 0) {
      const wait: Wait = { ms, setAt: realNow(), socket: true };
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

/** What a series of waits is like: constant or growing, random or not, capped or not. */
import type { Growth, Jitter, Wait } from './scope.js';

/** The waits by attempt, with the dice low, in the middle and high. */
export interface Series {
  readonly low: readonly number[];
  readonly middle: readonly number[];
  readonly high: readonly number[];
}

/** What else is known of them. */
export interface Circumstances {
  /** Constants were guessed: lengths mean nothing. */
  readonly guessed: boolean;
  readonly server: boolean;
  readonly rolled: boolean;
  /** Attempts in all; `null`: not known. */
  readonly attempts: number | null;
}

/** A share of the wait below which randomness spreads nothing. */
const weakBelow = 0.1;

/** What a series of waits is like. */
export function judgeDelay(
  { low, middle, high }: Series,
  { guessed, server, rolled, attempts }: Circumstances,
): Pick<Wait, 'growth' | 'jitter' | 'samples' | 'capped'> {
  const known = untilUnknown(middle);
  if (known.length === 0) {
    return { growth: server ? 'server' : 'unknown', jitter: 'unknown', samples: [], capped: null };
  }
  const growth = growthOf(known);
  const within = attempts === null ? known : known.slice(0, Math.max(1, Math.min(known.length, attempts - 1)));
  const spreads = within.map((_, index) => spreadAt(low, high, index));
  let jitter: Jitter = rolled ? jitterOf(spreads) : 'none';
  // Whether the cap is reached is a matter of lengths.
  if (jitter === 'clipped' && (guessed || attempts === null)) jitter = 'unknown';
  const longest = within.map((_, index) => untilUnknown(high)[index] ?? 0);
  return {
    growth,
    jitter,
    samples: guessed ? [] : longest,
    capped: cappedOf(growth, guessed, known),
  };
}

function cappedOf(growth: Growth, guessed: boolean, known: readonly number[]): boolean | null {
  if (growth === 'constant' || growth === 'none') return true;
  const [last = 0, before = 0] = [known.at(-1), known.at(-2)];
  if (known.length > 2 && same(last, before)) return true;
  return guessed || known.length <= 2 ? null : false;
}

function untilUnknown(values: readonly number[]): readonly number[] {
  const end = values.findIndex((value) => Number.isNaN(value));
  return end < 0 ? values : values.slice(0, end);
}

/** How waits grow, by their first steps: a cap makes the later ones equal. */
export function growthOf(values: readonly number[]): Growth {
  const waits = values.slice(values.findIndex((value) => value > 0));
  if (values.every((value) => value <= 0)) return 'none';
  const [first = 0, second, third] = waits;
  if (second === undefined || waits.every((value) => same(value, first))) return 'constant';
  if (waits.some((value, index) => value < (waits[index - 1] ?? 0) && !same(value, waits[index - 1] ?? 0)))
    return 'unknown';
  if (third === undefined || same(second, third))
    return same(first, second) ? 'exponential' : growthByTwo(values, first, second);
  return same(third - second, second - first) ? 'linear' : 'exponential';
}

/** Two waits, and then the cap: twice as long may be either. */
function growthByTwo(values: readonly number[], first: number, second: number): Growth {
  return values[0] === 0 && same(second, first * 2) ? 'linear' : 'exponential';
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** The share of the wait that is random. */
function spreadAt(low: readonly number[], high: readonly number[], index: number): number {
  const [least = 0, most = 0] = [low[index], high[index]];
  if (Number.isNaN(least) || Number.isNaN(most)) return 0;
  const size = Math.max(Math.abs(least), Math.abs(most));
  return size === 0 ? 0 : Math.abs(most - least) / size;
}

function jitterOf(spreads: readonly number[]): Jitter {
  const random = spreads.filter((spread) => spread > 1e-6);
  if (random.length === 0) return 'none';
  // A first wait of zero has nothing to spread.
  const firstRandom = spreads.findIndex((spread) => spread > 1e-6);
  if (spreads.slice(firstRandom).some((spread) => spread <= 1e-6)) return 'clipped';
  return Math.max(...random) < weakBelow ? 'weak' : 'yes';
}

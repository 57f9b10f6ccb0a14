/** `--latencies FILE`: what has been observed of each downstream, as JSON or CSV. */
import { readFileSync } from 'node:fs';
import { firstLine } from '../project/problem.js';
import { matchesPattern } from '../settings.js';

/** Observed p99 by downstream, ms. Names may hold `*`. */
export type Latencies = ReadonlyMap<string, number>;

/** The file cannot be used; the message is one line. */
export class LatenciesError extends Error {
  override readonly name = 'LatenciesError';
}

/** Twice the p99 leaves room for slow answers that are good ones; below this a pause of the process would be a timeout. */
const minBudgetMs = 100;

/** The budget that an observed p99 gives: twice as long, not under 100 ms, not over `maxMs`. */
export function budgetOf(p99: number, maxMs: number): number {
  return Math.min(maxMs, Math.max(minBudgetMs, Math.ceil(p99 * 2)));
}

/** The p99 of a downstream by any of its names, whatever their case. */
export function latencyOf(latencies: Latencies | null, names: readonly string[]): number | null {
  for (const [pattern, p99] of latencies ?? []) {
    if (names.some((name) => matchesPattern(pattern, name))) return p99;
  }
  return null;
}

/**
 * Reads `{ "payments": 340 }`, `[{ "downstream": "payments", "p99": 340 }]`, or CSV with the columns `downstream` and `p99`.
 *
 * @throws LatenciesError
 */
export function readLatencies(file: string): Latencies {
  let text;
  try {
    text = readFileSync(file, 'utf8').replace(/^\ufeff/u, '');
  } catch (error) {
    throw new LatenciesError(`cannot be read: ${firstLine(error)}`);
  }
  const entries = /^\s*[[{]/u.test(text) ? fromJson(text) : fromCsv(text);
  const latencies = new Map<string, number>();
  for (const [name, p99] of entries) {
    if (typeof name !== 'string' || name.trim() === '') throw new LatenciesError('a downstream has no name');
    if (typeof p99 !== 'number' || !Number.isFinite(p99) || p99 <= 0) {
      throw new LatenciesError(`the p99 of "${name}" must be a number of milliseconds above 0`);
    }
    latencies.set(name.trim(), p99);
  }
  if (latencies.size === 0) throw new LatenciesError('it names no downstream');
  return latencies;
}

function fromJson(text: string): (readonly [unknown, unknown])[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LatenciesError(`is not JSON: ${firstLine(error)}`);
  }
  if (!Array.isArray(json)) return Object.entries(json as object);
  return json.map((entry: unknown) => {
    const { downstream, p99 } = (entry ?? {}) as { downstream?: unknown; p99?: unknown };
    return [downstream, p99];
  });
}

function fromCsv(text: string): (readonly [unknown, unknown])[] {
  const [head = [], ...rows] = text
    .split(/\r?\n/u)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(/[,;\t]/u).map((cell) => cell.trim().replace(/^"(.*)"$/u, '$1')));
  const names = head.map((name) => name.toLowerCase());
  const [downstream, p99] = [names.indexOf('downstream'), names.findIndex((name) => /^p99(?:_?ms)?$/u.test(name))];
  if (downstream < 0 || p99 < 0) {
    throw new LatenciesError('is neither JSON nor CSV with the columns "downstream" and "p99"');
  }
  return rows.map((cells) => [cells[downstream] ?? '', Number(cells[p99] ?? Number.NaN)]);
}

/** Measured runs: each in a process of its own, the two sides of a comparison by turns. */
import { join } from 'node:path';
import { x } from 'tinyexec';

/** A run of ESLint. */
export interface Job {
  /** Absolute path of the code base. */
  readonly cwd: string;
  /** What to lint in it. */
  readonly patterns: readonly string[];
  /** With type information. */
  readonly typed: boolean;
  /** With `@typescript-eslint/no-floating-promises`. */
  readonly floating: boolean;
  /** A preset of ours; `nothing`: as many rules that do nothing; `none`: no rules. */
  readonly ours: 'recommended' | 'strict' | 'nothing' | 'none';
  /** Measure the rules; costs a little, so wall time is measured without. */
  readonly stats: boolean;
}

/** What a run took. Times in milliseconds. */
export interface Measurement {
  /** From the start of the process until everything was linted. */
  wallMs: number;
  /** The most memory that the process had. */
  peakBytes: number;
  files: number;
  /** Files that did not parse, or that no tsconfig owns. */
  unparsed: number;
  /** Findings of our rules. */
  reports: number;
  /** Time in each rule, by its id. */
  ruleMs: Record<string, number>;
}

const worker = join(import.meta.dirname, 'worker.js');

/** Runs `command` to its end, and gives its output and its wall time. Throws when it ends with a code that is not in `codes`. */
export async function timed(
  command: string,
  args: readonly string[],
  cwd: string,
  codes: readonly number[] = [0],
): Promise<{ stdout: string; wallMs: number }> {
  const start = performance.now();
  const { exitCode, stdout, stderr } = await x(command, [...args], {
    nodeOptions: { cwd, env: { TSESTREE_SINGLE_RUN: 'true', NODE_OPTIONS: '--max-old-space-size=8192' } },
  });
  if (exitCode === undefined || !codes.includes(exitCode))
    throw new Error(`${command} ${args.join(' ')} ended with ${String(exitCode)}: ${stderr}`);
  return { stdout, wallMs: performance.now() - start };
}

/** Runs ESLint once. */
export async function lint(job: Job): Promise<Measurement> {
  const { stdout } = await timed(process.execPath, [worker, JSON.stringify(job)], job.cwd);
  const measurement = JSON.parse(stdout) as Measurement;
  if (measurement.files === measurement.unparsed) {
    throw new Error(`none of the ${measurement.files} files in ${job.cwd} could be parsed`);
  }
  return measurement;
}

/** Both sides of a comparison, `pairs` times each, taking turns in going first. */
export async function alternate<Ours, Base>(
  pairs: number,
  ours: () => Promise<Ours>,
  base: () => Promise<Base>,
): Promise<[ours: Ours, base: Base][]> {
  const measured: [Ours, Base][] = [];
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 0) {
      const first = await ours();
      measured.push([first, await base()]);
    } else {
      const first = await base();
      measured.push([await ours(), first]);
    }
  }
  return measured;
}

/** The time in the rules whose id starts with `prefix`. */
export const ruleTime = ({ ruleMs }: Measurement, prefix: string): number =>
  Object.entries(ruleMs).reduce((sum, [rule, time]) => sum + (rule.startsWith(prefix) ? time : 0), 0);

/** The middle value; of an even number, the mean of the middle two. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/** A figure of both sides of a comparison: the median of the ratios of its pairs, their interval, and each side's median. */
export function compare<Ours, Base>(
  measured: readonly (readonly [ours: Ours, base: Base])[],
  ofOurs: (ours: Ours) => number,
  ofBase: (base: Base) => number,
): { ratio: number; interval: [low: number, high: number]; ours: number; base: number } {
  const ratios = measured.map(([ours, base]) => ofOurs(ours) / ofBase(base));
  return {
    ratio: median(ratios),
    interval: interval(ratios),
    ours: median(measured.map(([ours]) => ofOurs(ours))),
    base: median(measured.map(([, base]) => ofBase(base))),
  };
}

/** Two-sided 95 % quantiles of Student's t, by degrees of freedom from 1. */
const student = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13];

/** The 95 % interval of a ratio, from ratios that were measured in pairs (on the logarithms, which are about normal). */
function interval(ratios: readonly number[]): [low: number, high: number] {
  const logs = ratios.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1);
  const margin = (student[logs.length - 2] ?? 2) * Math.sqrt(variance / logs.length);
  return [Math.exp(mean - margin), Math.exp(mean + margin)];
}

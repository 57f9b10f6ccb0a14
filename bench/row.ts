/** What a row of the table is, and what it gets to measure on. */
import type { Job, Measurement } from './measure.js';

/** What a row measured. */
export interface Outcome {
  /** The figure: ours against the other. */
  readonly ratio: number;
  /** Its 95 % interval: then the aim is missed only if the interval excludes it. */
  readonly interval?: readonly [low: number, high: number];
  /** What the figure is made of, for people. */
  readonly detail: string;
}

/** What rows measure on. */
export interface Bench {
  /** Pairs of runs for a median. */
  readonly pairs: number;
  /** The code base: the generated one of `--files` files, or the path that was given. */
  readonly main: Pick<Job, 'cwd' | 'patterns'>;
  /** A generated code base, made on first use. */
  readonly generated: (files: number, network: number) => Pick<Job, 'cwd' | 'patterns'>;
  /** A generated code base of import chains, made on first use. */
  readonly chains: (files: number, depth: number) => Pick<Job, 'cwd' | 'patterns'>;
  /** Files of the generated code bases. */
  readonly files: number;
  /** Pairs of runs with and without `strict` beside no-floating-promises, typed, that rows share; made on first use. */
  readonly typedPairs: () => Promise<[ours: Measurement, base: Measurement][]>;
  /** Where the project is: absolute. */
  readonly root: string;
  /** A directory for files of a row's own. */
  readonly scratch: string;
}

/** A row of the table. */
export interface Row {
  /** How `--rows` names it. */
  readonly id: string;
  /** What is compared, against what. */
  readonly what: string;
  /** The most that the ratio should be. */
  readonly aim: number;
  readonly measure: (bench: Bench) => Promise<Outcome>;
}

/** Milliseconds for people. */
export const ms = (value: number): string => (value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);

/**
 * The side door for what a finding knows beyond its message. ESLint drops a report's `data`, so a rule hands the
 * downstream and the client to a sink, if the host has installed one: the CLI does, ESLint and editors do not.
 */

/** A place in a file, as an ESTree `loc` has it: lines are 1-based, columns 0-based. */
export interface EvidenceLocation {
  /** Absolute. */
  readonly path: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** What a rule knows about one of its reports. */
export interface FindingFacts {
  /** The file, as `context.filename` has it. */
  readonly filename: string;
  /** With its prefix: `resilience/require-timeout`. */
  readonly ruleId: string;
  readonly messageId: string;
  /** Start of the report, as ESLint's own message has it: 1-based. */
  readonly line: number;
  /** 1-based, as in ESLint's own message (an ESTree `loc.start.column` plus one). */
  readonly column: number;
  /** The name of the downstream: from settings, or host, base URL, environment variable. */
  readonly downstream?: string | undefined;
  /** The library object that the call goes through, for example `axios` or `pg.Pool`. */
  readonly client?: string | undefined;
  /** The code that the verdict rests on, in this file and in others: the whole call, the client's construction, the retry. */
  readonly evidence?: readonly EvidenceLocation[] | undefined;
}

/** Takes what rules know about their reports. */
export type FindingSink = (finding: FindingFacts) => void;

let installed: FindingSink | undefined;

/** Hands `finding` to the sink; does nothing where none is installed. */
export function recordFinding(finding: FindingFacts): void {
  installed?.(finding);
}

/** Runs `run` with `sink` installed until its promise is settled, then puts back what was there before. */
export async function withFindingSink<T>(sink: FindingSink, run: () => Promise<T>): Promise<T> {
  const before = installed;
  installed = sink;
  try {
    return await run();
  } finally {
    installed = before;
  }
}

/** The same for work that ends when it returns. */
export function withFindingSinkSync<T>(sink: FindingSink, run: () => T): T {
  const before = installed;
  installed = sink;
  try {
    return run();
  } finally {
    installed = before;
  }
}

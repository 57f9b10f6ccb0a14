/** What a scan gives: the one thing that formats are made from. */
import { compareText } from '../project/paths.js';
import type { Problem } from '../project/problem.js';
import type { Range } from './frame.js';

/** The presets by name. */
export const presets = ['recommended', 'strict'] as const;
export type Preset = (typeof presets)[number];

/** A change to a text: UTF-16 offsets without the byte order mark. */
export interface Edit {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

/** A place in a file. */
export interface Location {
  /** Absolute. */
  readonly path: string;
  readonly range: Range;
}

/** One report of one of our rules. */
export interface Finding {
  /** Absolute. */
  readonly path: string;
  /** With its prefix: `resilience/require-timeout`. */
  readonly ruleId: string;
  readonly messageId: string;
  readonly message: string;
  readonly range: Range;
  /** What `--fix` would do. */
  readonly fix?: Edit;
  /** What an editor offers. */
  readonly suggestions: readonly { readonly description: string; readonly fix: Edit }[];
  readonly downstream?: string;
  readonly client?: string;
  /** The code that the verdict rests on: the whole call, the client's construction, the retry. */
  readonly evidence: readonly Location[];
  /** Stays the same when lines move; the same code twice in a file has it twice. */
  readonly fingerprint: string;
}

/** A file that was looked at. */
export interface ScannedFile {
  /** Absolute. */
  readonly path: string;
  /** Whether with type information; `null`: the project's own ESLint configuration decided. */
  readonly types: boolean | null;
  /** Whether `--fix` has rewritten it. */
  readonly fixed: boolean;
}

/** What comparing a scan with a baseline has given. */
export interface BaselineOutcome {
  /** How many findings it holds already. */
  readonly known: number;
  /** What is in it and was not found any more. Paths are absolute. */
  readonly fixed: readonly { readonly path: string; readonly ruleId: string; readonly count: number }[];
}

/** Everything about a scan. Lists are sorted; the same input gives the same result. */
export interface ScanResult {
  /** The directory that output is relative to. */
  readonly base: string;
  /** `null`: the project's own ESLint configuration decided. */
  readonly preset: Preset | null;
  readonly files: readonly ScannedFile[];
  readonly findings: readonly Finding[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly problems: readonly Problem[];
  /** Questions that the budgets of the analysis cut off: there it is silent. */
  readonly cutOff: number;
  /** What a baseline has taken out of the findings. */
  readonly baseline?: BaselineOutcome | undefined;
  /** What was left out of the findings since no changed line is part of it. */
  readonly changedSince?: { readonly ref: string; readonly elsewhere: number } | undefined;
  /** The present text, without byte order mark, of each file that has findings. */
  readonly sources: ReadonlyMap<string, string>;
}

/** The order of findings. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compareText(a.path, b.path) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.messageId, b.messageId)
  );
}

/** One line of a table of counts. */
export interface Count {
  readonly name: string;
  readonly count: number;
}

/** How many findings each name has: most first, then by name. */
export function countBy(findings: readonly Finding[], nameOf: (finding: Finding) => string | undefined): Count[] {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const name = nameOf(finding);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/**
 * What the command says with its exit code: 0 clean, 1 findings, 2 trouble.
 *
 * @param maxFindings how many findings still count as clean
 */
export function exitCode(result: ScanResult, maxFindings: number): 0 | 1 | 2 {
  if (result.problems.length > 0) return 2;
  return result.findings.length > maxFindings ? 1 : 0;
}

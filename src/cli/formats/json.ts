/** For programs. The shape is public: keys are only added while `schemaVersion` stays the same. */
import { repositoryRoot, toRelative } from '../../project/paths.js';
import type { Problem } from '../../project/problem.js';
import type { Range } from '../frame.js';
import { countBy, type Preset } from '../result.js';
import type { FormatOptions } from './format.js';
import { jsonText } from './json-text.js';

/** What `--format json` writes. Lists are sorted by path and position; paths are relative, with forward slashes. */
export interface JsonReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'eslint-plugin-resilience'; readonly version: string };
  /** The way from the root of the repository to the directory that paths are relative to; empty where they are one. */
  readonly root: string;
  /** `null`: the project's own ESLint configuration decided (`--eslint-config`). */
  readonly preset: Preset | null;
  /** The files that were looked at. */
  readonly files: readonly {
    readonly path: string;
    /** Whether with type information; `null`: the project's own ESLint configuration decided. */
    readonly types: boolean | null;
    /** Whether `--fix` has rewritten it. */
    readonly fixed: boolean;
  }[];
  readonly findings: readonly {
    readonly path: string;
    readonly ruleId: string;
    readonly messageId: string;
    readonly message: string;
    /** Lines and columns are 1-based; columns count UTF-16 units; the end is exclusive. */
    readonly range: Range;
    /** Whether `--fix` can mend it. */
    readonly fix: boolean;
    /** What an editor offers, in words. */
    readonly suggestions: readonly string[];
    /** `null`: not known. */
    readonly downstream: string | null;
    /** `null`: not known. */
    readonly client: string | null;
    /** The code that the verdict rests on: the whole call, the client's construction, the retry. */
    readonly evidence: readonly { readonly path: string; readonly range: Range }[];
    /** Stays the same when lines move; the same code twice in a file has it twice. */
    readonly fingerprint: string;
  }[];
  /** Files that were left out, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Trouble, told on stderr too. If there is any, the exit code is 2. */
  readonly problems: readonly {
    readonly kind: Problem['kind'];
    readonly path: string;
    /** 1-based; `null`: the whole file. */
    readonly line: number | null;
    /** 1-based; `null`: the whole file. */
    readonly column: number | null;
    readonly message: string;
  }[];
  /** `null`: there was no `--baseline`. */
  readonly baseline: {
    /** How many findings are left out, since the baseline has them. */
    readonly known: number;
    /** What the baseline has, and the code has not any more. */
    readonly fixed: readonly { readonly path: string; readonly ruleId: string; readonly count: number }[];
  } | null;
  /** `null`: there was no `--changed-since`. */
  readonly changedSince: {
    readonly ref: string;
    /** How many findings are left out, since no changed line is part of them. */
    readonly elsewhere: number;
  } | null;
  readonly summary: {
    readonly files: number;
    readonly findings: number;
    /** How many findings `--fix` can mend. */
    readonly fixable: number;
    readonly byRule: Readonly<Record<string, number>>;
    /** Findings whose downstream is not known are not in it. */
    readonly byDownstream: Readonly<Record<string, number>>;
    /** Questions that the budgets of the analysis cut off: nothing is said there, whatever the code does. */
    readonly cutOff?: number;
  };
}

/** Writes a `JsonReport`. */
export function formatJson({ result, version }: FormatOptions): string {
  const { base, findings } = result;
  const counts = (nameOf: Parameters<typeof countBy>[1]): Record<string, number> =>
    Object.fromEntries(countBy(findings, nameOf).map(({ name, count }) => [name, count]));
  const report: JsonReport = {
    schemaVersion: 1,
    tool: { name: 'eslint-plugin-resilience', version },
    root: rootOf(base),
    preset: result.preset,
    files: result.files.map(({ path, types, fixed }) => ({ path: toRelative(path, base), types, fixed })),
    findings: findings.map((finding) => ({
      path: toRelative(finding.path, base),
      ruleId: finding.ruleId,
      messageId: finding.messageId,
      message: finding.message,
      range: finding.range,
      fix: finding.fix !== undefined,
      suggestions: finding.suggestions.map(({ description }) => description),
      downstream: finding.downstream ?? null,
      client: finding.client ?? null,
      evidence: finding.evidence.map(({ path, range }) => ({ path: toRelative(path, base), range })),
      fingerprint: finding.fingerprint,
    })),
    skipped: result.skipped.map(({ path, reason }) => ({ path: toRelative(path, base), reason })),
    problems: result.problems.map(({ kind, path, line, column, message }) => ({
      kind,
      path: toRelative(path, base),
      line: line ?? null,
      column: column ?? null,
      message,
    })),
    baseline: result.baseline
      ? {
          known: result.baseline.known,
          fixed: result.baseline.fixed.map((entry) => ({ ...entry, path: toRelative(entry.path, base) })),
        }
      : null,
    changedSince: result.changedSince ?? null,
    summary: {
      files: result.files.length,
      findings: findings.length,
      fixable: findings.filter(({ fix }) => fix).length,
      byRule: counts(({ ruleId }) => ruleId),
      byDownstream: counts(({ downstream }) => downstream),
      cutOff: result.cutOff,
    },
  };
  return jsonText(report);
}

function rootOf(base: string): string {
  const repository = repositoryRoot(base);
  return repository === undefined || repository === base ? '' : toRelative(base, repository);
}

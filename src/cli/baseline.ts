/**
 * Baselines: the findings that a code base has when it begins to be checked, so that only new ones fail the build. A file of
 * counts by path, rule and fingerprint: moved lines change nothing in it, and paths are relative to where it stands.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compareText, toRelative } from '../project/paths.js';
import { firstLine } from '../project/problem.js';
import { UsageError } from './command.js';
import { jsonText } from './formats/json-text.js';
import type { BaselineOutcome, Finding, Preset, ScanResult } from './result.js';

/** So many findings of a rule about the same code. */
interface Entry {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly count: number;
}

/** A baseline, as it was read. */
export interface Baseline {
  /** Absolute. */
  readonly file: string;
  /** The preset that it was written with; `null`: the project's own configuration. */
  readonly preset: Preset | null;
  /** By absolute path. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
}

const keyOf = ({ ruleId, fingerprint }: Pick<Entry, 'ruleId' | 'fingerprint'>): string => `${ruleId} ${fingerprint}`;

/**
 * @param file absolute
 * @throws UsageError when there is no baseline there, in one line
 */
export function readBaseline(file: string, name: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(
      missing ? `There is no baseline ${name}: --write-baseline writes one` : `${name}: ${firstLine(error)}`,
    );
  }
  const { schemaVersion, preset, findings } = (value ?? {}) as Record<string, unknown>;
  if (schemaVersion !== 1 || typeof findings !== 'object' || findings === null) {
    throw new UsageError(`${name} is not a baseline of this version`);
  }
  const directory = path.dirname(file);
  const entries = new Map<string, readonly Entry[]>();
  for (const [relative, list] of Object.entries(findings)) {
    if (!Array.isArray(list) || !list.every(isEntry)) throw new UsageError(`${name} is damaged: "${relative}"`);
    entries.set(path.resolve(directory, relative), list);
  }
  return { file, preset: preset === 'recommended' || preset === 'strict' ? preset : null, entries };
}

function isEntry(value: unknown): value is Entry {
  const { ruleId, fingerprint, count } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof ruleId === 'string' && typeof fingerprint === 'string' && Number.isSafeInteger(count) && Number(count) > 0
  );
}

/** Takes out of a result what a baseline has. */
export function withoutKnown(result: ScanResult, baseline: Baseline): ScanResult {
  const left = new Map<string, Map<string, { readonly entry: Entry; count: number }>>();
  for (const [file, entries] of baseline.entries) {
    left.set(file, new Map(entries.map((entry) => [keyOf(entry), { entry, count: entry.count }])));
  }
  const findings = result.findings.filter((finding) => {
    const known = left.get(finding.path)?.get(keyOf(finding));
    if (!known || known.count === 0) return true;
    known.count--;
    return false;
  });
  const settled = settledIn(result, baseline);
  const fixed = [...left].flatMap(([file, entries]) =>
    settled(file)
      ? [...entries.values()].flatMap(({ entry, count }) =>
          count > 0 ? [{ path: file, ruleId: entry.ruleId, count }] : [],
        )
      : [],
  );
  const outcome: BaselineOutcome = { known: result.findings.length - findings.length, fixed: sorted(fixed) };
  return { ...result, findings, baseline: outcome };
}

/** Whether a scan can say that findings of a file are gone: it has looked at the file without trouble, or there is none. */
function settledIn(result: ScanResult, baseline: Baseline): (file: string) => boolean {
  const scanned = new Set(result.files.map((file) => file.path));
  const troubled = new Set(result.problems.map((problem) => problem.path));
  // What another preset reports is not gone because this one does not.
  const comparable = baseline.preset === result.preset || result.preset === 'strict';
  return (file) => comparable && ((scanned.has(file) && !troubled.has(file)) || !existsSync(file));
}

/**
 * A baseline with all findings of a scan.
 *
 * @param before what is kept of it: the entries of files that the scan has not looked at
 */
export function baselineOf(file: string, result: ScanResult, before: Baseline | undefined): Baseline {
  const entries = new Map<string, readonly Entry[]>();
  if (before) {
    const scanned = new Set(result.files.map(({ path: name }) => name));
    for (const [name, list] of before.entries) {
      if (!scanned.has(name) && existsSync(name)) entries.set(name, list);
    }
  }
  for (const [name, list] of entriesOf(result.findings)) entries.set(name, list);
  return { file, preset: result.preset, entries };
}

/** The baseline without what is fixed. Nothing is added. */
export function pruned(baseline: Baseline, all: ScanResult): Baseline {
  const settled = settledIn(all, baseline);
  const present = entriesOf(all.findings);
  const entries = new Map<string, readonly Entry[]>();
  for (const [file, list] of baseline.entries) {
    const counts = new Map((present.get(file) ?? []).map((entry) => [keyOf(entry), entry.count]));
    const kept = settled(file)
      ? list.flatMap((entry) => {
          const count = Math.min(entry.count, counts.get(keyOf(entry)) ?? 0);
          return count > 0 ? [{ ...entry, count }] : [];
        })
      : list;
    if (kept.length > 0) entries.set(file, kept);
  }
  return { ...baseline, entries };
}

function entriesOf(findings: readonly Finding[]): Map<string, Entry[]> {
  const files = new Map<string, Map<string, Entry>>();
  for (const { path: file, ruleId, fingerprint } of findings) {
    const entries = files.get(file) ?? new Map<string, Entry>();
    files.set(file, entries);
    const key = keyOf({ ruleId, fingerprint });
    entries.set(key, { ruleId, fingerprint, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  return new Map([...files].map(([file, entries]) => [file, [...entries.values()]]));
}

/** The text of its file: sorted, so that it is easy to merge. */
export function baselineText({ file, preset, entries }: Baseline): string {
  const directory = path.dirname(file);
  const findings = [...entries]
    .map(([name, list]): [string, Entry[]] => [
      toRelative(name, directory),
      [...list]
        .map(({ ruleId, fingerprint, count }) => ({ ruleId, fingerprint, count }))
        .sort((a, b) => compareText(keyOf(a), keyOf(b))),
    ])
    .sort(([a], [b]) => compareText(a, b));
  return jsonText({ schemaVersion: 1, preset, findings: Object.fromEntries(findings) });
}

function sorted<T extends { readonly path: string; readonly ruleId: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => compareText(a.path, b.path) || compareText(a.ruleId, b.ruleId));
}

/** Joins the JSON of several scans into what one scan of everything would have given. */
import path from 'node:path';
import { readSource } from '../../project/files.js';
import { compareText, isInside } from '../../project/paths.js';
import { UsageError } from '../command.js';
import type { JsonReport } from '../formats/json.js';
import { byPlace, type Edit, type Finding, type ScanResult } from '../result.js';

/** A part says only whether there is a fix. The formats that are made from parts do not ask for more. */
const SOME_EDIT: Edit = { range: [0, 0], text: '' };

/**
 * @param root absolute: where the paths of the parts begin, with each part's own `root`
 * @throws UsageError when the parts do not fit together
 */
export function mergeScans(
  parts: readonly { readonly name: string; readonly report: JsonReport }[],
  root: string,
): ScanResult {
  const [first] = parts;
  if (!first) throw new UsageError('There is nothing to merge');
  for (const { name, report } of parts) {
    if (report.preset !== first.report.preset || report.tool.version !== first.report.tool.version) {
      throw new UsageError(`${first.name} and ${name} are not of the same preset and version`);
    }
  }
  const place = (report: JsonReport, file: string): string => path.resolve(root, report.root, file);
  const all = <T>(listOf: (report: JsonReport) => readonly T[]): { report: JsonReport; item: T }[] =>
    parts.flatMap(({ report }) => listOf(report).map((item) => ({ report, item })));

  const findings = all((report) => report.findings).map(({ report, item }): Finding => {
    const { range, fix, suggestions, downstream, client, evidence, ...rest } = item;
    return {
      ...rest,
      path: place(report, item.path),
      range,
      ...(fix && { fix: SOME_EDIT }),
      suggestions: suggestions.map((description) => ({ description, fix: SOME_EDIT })),
      ...(downstream !== null && { downstream }),
      ...(client !== null && { client }),
      evidence: evidence.map((location) => ({ ...location, path: place(report, location.path) })),
    };
  });
  const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => compareText(a.path, b.path);
  const files = all((report) => report.files).map(({ report, item }) => ({ ...item, path: place(report, item.path) }));
  const skipped = all((report) => report.skipped).map(({ report, item }) => ({
    ...item,
    path: place(report, item.path),
  }));
  const problems = all((report) => report.problems).map(({ report, item: { line, column, ...item } }) => ({
    ...item,
    path: place(report, item.path),
    ...(line !== null && { line }),
    ...(column !== null && { column }),
  }));
  const distinctFindings = distinct(findings, ({ path: file, ruleId, messageId, range }) =>
    JSON.stringify([file, ruleId, messageId, range]),
  );
  return {
    base: root,
    preset: first.report.preset,
    // Seen by two scans, with types counts: it is what one scan would have done.
    files: distinct(
      files.sort((a, b) => byPath(a, b) || Number(b.types) - Number(a.types)),
      (file) => file.path,
    ).sort(byPath),
    findings: distinctFindings.sort(byPlace),
    skipped: distinct(skipped, (file) => file.path).sort(byPath),
    problems: distinct(problems, (problem) => JSON.stringify(problem)).sort(byPath),
    cutOff: parts.reduce((sum, { report }) => sum + (report.summary.cutOff ?? 0), 0),
    sources: sourcesOf(distinctFindings, root),
    baseline: baselineOf(parts, place),
    changedSince: changedSinceOf(parts),
  };
}

function baselineOf(
  parts: readonly { readonly report: JsonReport }[],
  place: (report: JsonReport, file: string) => string,
): ScanResult['baseline'] {
  const given = parts.flatMap(({ report }) => (report.baseline ? [{ report, baseline: report.baseline }] : []));
  if (given.length === 0) return undefined;
  return {
    known: given.reduce((sum, { baseline }) => sum + baseline.known, 0),
    fixed: distinct(
      given.flatMap(({ report, baseline }) =>
        baseline.fixed.map((entry) => ({ ...entry, path: place(report, entry.path) })),
      ),
      (entry) => JSON.stringify(entry),
    ).sort((a, b) => compareText(a.path, b.path) || compareText(a.ruleId, b.ruleId)),
  };
}

function changedSinceOf(parts: readonly { readonly report: JsonReport }[]): ScanResult['changedSince'] {
  const given = parts.flatMap(({ report }) => report.changedSince ?? []);
  const refs = [...new Set(given.map(({ ref }) => ref))];
  if (refs.length > 1) throw new UsageError(`The parts are not about the same changes: ${refs.join(' and ')}`);
  const [ref] = refs;
  return ref === undefined ? undefined : { ref, elsewhere: given.reduce((sum, { elsewhere }) => sum + elsewhere, 0) };
}

/** The code of the findings, where the files are here; parts may come from another machine, and name what they like. */
function sourcesOf(findings: readonly Finding[], root: string): Map<string, string> {
  const sources = new Map<string, string>();
  for (const file of new Set(findings.map((finding) => finding.path))) {
    if (!isInside(file, root) || !/\.(?:[cm]?[jt]s|[jt]sx)$/u.test(file)) continue;
    try {
      const source = readSource(file);
      if ('text' in source) sources.set(file, source.text.replace(/^\ufeff/u, ''));
    } catch {
      // Without the file, without its code.
    }
  }
  return sources;
}

function distinct<T>(list: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of list) if (!seen.has(keyOf(item))) seen.set(keyOf(item), item);
  return [...seen.values()];
}

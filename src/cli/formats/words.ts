/** What formats for people have in common: groups, names, and sentences about a scan. No markup, nothing made harmless yet. */
import { docsUrl } from '../../define-rule.js';
import { encodeSegment } from '../../project/escape.js';
import { countBy, type Count, type Finding, type ScanResult } from '../result.js';

export const plural = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Findings by the absolute path of their file, in their order. */
export function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group) group.push(finding);
    else groups.set(finding.path, [finding]);
  }
  return groups;
}

/** What a finding is about: the downstream with its client, or what of them is known. */
export function downstreamName({ downstream, client }: Finding): string {
  if (downstream === undefined) return client ?? '';
  return client === undefined || client === downstream ? downstream : `${downstream} (${client})`;
}

/** How many findings each downstream has. */
export function countDownstreams(findings: readonly Finding[]): Count[] {
  return countBy(
    findings,
    ({ downstream, client }) => downstream ?? (client === undefined ? undefined : `${client} (address not known)`),
  );
}

/** `2 findings in 1 file` */
export function foundText(findings: readonly Finding[]): string {
  return `${plural(findings.length, 'finding')} in ${plural(new Set(findings.map(({ path }) => path)).size, 'file')}`;
}

/** Sentences about what is not among the findings, and why. */
export function besides({ baseline, changedSince }: ScanResult): string[] {
  const sentences: string[] = [];
  if (baseline && baseline.known > 0) {
    sentences.push(`${plural(baseline.known, 'known finding')} in the baseline.`);
  }
  const fixed = baseline?.fixed.reduce((sum, { count }) => sum + count, 0) ?? 0;
  if (fixed > 0) sentences.push(`${String(fixed)} of the baseline fixed: --prune-baseline takes that out.`);
  if (changedSince && changedSince.elsewhere > 0) {
    sentences.push(`${plural(changedSince.elsewhere, 'finding')} not on lines changed since ${changedSince.ref}.`);
  }
  return sentences;
}

/** `3 files scanned, 2 with types` */
export function scannedText({ files }: ScanResult): string {
  const typed = files.filter(({ types }) => types).length;
  return `${plural(files.length, 'file')} scanned${typed > 0 ? `, ${String(typed)} with types` : ''}`;
}

/** The page of a rule. The id may come from a foreign plugin: it cannot lead out of the address. */
export const docsPage = (ruleId: string): string => docsUrl(encodeSegment(ruleId.replace(/^resilience\//u, '')));

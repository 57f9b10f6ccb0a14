/** Compares what the plugin reports with what the labels ask for. */
import type { Site } from './labels.js';

/** One report of one rule. */
export interface Report {
  readonly file: string;
  /** Without the plugin's name. */
  readonly rule: string;
  readonly messageId: string;
  /** One-based. */
  readonly line: number;
}

/** A labelled place together with its file. */
export interface FileSite extends Site {
  readonly file: string;
}

export interface Miss {
  readonly file: string;
  readonly line: number;
  readonly expected: string;
  /** Another message of the rule that stands there. */
  readonly instead: string | null;
}

export interface FalseAlarm {
  readonly file: string;
  readonly line: number;
  readonly messageId: string;
  /** What the label there says, if there is one. */
  readonly label: string | null;
}

/** How a rule did in one mode. `precision` and `recall` are null where there is nothing to divide by. */
export interface Score {
  readonly found: number;
  readonly misses: readonly Miss[];
  readonly falseAlarms: readonly FalseAlarm[];
  readonly precision: number | null;
  readonly recall: number | null;
}

/** How many of the places that only `strict` reports are reported by it. */
export interface StrictScore {
  readonly found: number;
  readonly misses: readonly Miss[];
}

/** Scores one rule in `recommended`. `sites` and `reports` are of that rule. */
export function score(sites: readonly FileSite[], reports: readonly Report[], typed: boolean): Score {
  const left = [...reports];
  const misses: Miss[] = [];
  const falseAlarms: FalseAlarm[] = [];
  let found = 0;
  // Exact places first, so that a label that allows more lines does not take another one's report.
  const expected = sites.filter((site) => site.kind === 'expect').sort((a, b) => a.within - b.within);
  for (const site of expected) {
    const report = take(left, site, (id) => site.ids.includes(id));
    if (!typed && site.needsTypes) continue;
    if (report) {
      found += 1;
      continue;
    }
    const other = take(left, site, () => true);
    misses.push({ ...placeOf(site), expected: site.ids.join('|'), instead: other?.messageId ?? null });
    if (other)
      falseAlarms.push({
        file: other.file,
        line: other.line,
        messageId: other.messageId,
        label: `expect ${site.ids.join('|')}`,
      });
  }
  for (const report of left) {
    const label = sites.find((site) => site.file === report.file && site.line === report.line);
    falseAlarms.push({
      file: report.file,
      line: report.line,
      messageId: report.messageId,
      label: label ? [label.kind, ...label.ids, ...(label.reason ? [`(${label.reason})`] : [])].join(' ') : null,
    });
  }
  return {
    found,
    misses: misses.sort(byPlace),
    falseAlarms: falseAlarms.sort(byPlace),
    precision: ratio(found, found + falseAlarms.length),
    recall: ratio(found, found + misses.length),
  };
}

/** Scores the places that are unknown: `reports` are those of one rule in `strict`. */
export function scoreStrict(sites: readonly FileSite[], reports: readonly Report[], typed: boolean): StrictScore {
  const left = [...reports];
  const misses: Miss[] = [];
  let found = 0;
  for (const site of sites) {
    if (site.kind !== 'unknown' || (!typed && site.needsTypes)) continue;
    if (take(left, site, (id) => site.ids.length === 0 || site.ids.includes(id))) {
      found += 1;
    } else {
      const instead = take(left, site, () => true)?.messageId ?? null;
      misses.push({ ...placeOf(site), expected: site.ids.join('|') || 'any message', instead });
    }
  }
  return { found, misses };
}

function take(reports: Report[], site: FileSite, isWanted: (messageId: string) => boolean): Report | undefined {
  const index = reports.findIndex(
    (report) =>
      report.file === site.file &&
      report.line >= site.line &&
      report.line <= site.line + site.within &&
      isWanted(report.messageId),
  );
  return index < 0 ? undefined : reports.splice(index, 1)[0];
}

function placeOf({ file, line }: FileSite): { file: string; line: number } {
  return { file, line };
}

function byPlace(a: { file: string; line: number }, b: { file: string; line: number }): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

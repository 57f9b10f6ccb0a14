/** For people: findings with their code, what they amount to, and what to do next. */
import { toRelative } from '../../project/paths.js';
import { codeFrame, splitLines } from '../frame.js';
import { countBy, type Count, type Finding, type ScanResult } from '../result.js';
import { oneLine } from '../../project/escape.js';
import { painter, type Paint } from '../terminal.js';
import type { FormatOptions } from './format.js';
import {
  besides,
  countDownstreams,
  docsPage,
  downstreamName,
  foundText,
  groupByFile,
  plural,
  scannedText,
} from './words.js';

/** Findings by file with code frames, a summary by rule and by downstream, and what to do next. */
export function formatPretty({ result, color, width }: FormatOptions): string {
  const paint = painter(color);
  const { findings } = result;
  const sections: string[] = [];

  for (const [file, own] of groupByFile(findings)) {
    const lines = splitLines(result.sources.get(file) ?? '');
    sections.push(paint(['bold', 'underline'], oneLine(toRelative(file, result.base))));
    for (const finding of own) {
      sections.push(`${heading(finding, paint)}\n\n${indent(codeFrame(lines, finding.range, paint, width - 2))}`);
    }
  }
  if (findings.length > 0) {
    sections.push(
      [
        paint('bold', 'Summary'),
        table(
          'by rule',
          countBy(findings, ({ ruleId }) => ruleId),
          paint,
        ),
        ...tableOfDownstreams(findings, paint),
      ].join('\n'),
    );
  }
  sections.push([totals(result, paint), ...next(result, paint)].join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function heading(finding: Finding, paint: Paint): string {
  const { range, message, ruleId, fix, suggestions } = finding;
  const { line, column } = range.start;
  const remedy = fix ? 'fix: --fix' : suggestions.length > 0 ? 'fix: suggested in the editor' : '';
  const details = [ruleId, downstreamName(finding), remedy].filter(Boolean).map((detail) => oneLine(detail));
  return [
    `  ${paint('cyan', `${String(line)}:${String(column)}`)}  ${oneLine(message)}`,
    `  ${paint('gray', details.join(' · '))}`,
  ].join('\n');
}

function tableOfDownstreams(findings: readonly Finding[], paint: Paint): string[] {
  const counts = countDownstreams(findings);
  return counts.length === 0 ? [] : [table('by downstream', counts, paint)];
}

function table(title: string, counts: readonly Count[], paint: Paint): string {
  const digits = Math.max(...counts.map(({ count }) => String(count).length));
  const rows = counts.map(({ name, count }) => `    ${String(count).padStart(digits)}  ${oneLine(name)}`);
  return [`  ${paint('gray', title)}`, ...rows].join('\n');
}

function totals(result: ScanResult, paint: Paint): string {
  const { files, findings, problems } = result;
  const scanned = scannedText(result);
  const fixed = files.filter((file) => file.fixed).length;
  const rewritten = fixed > 0 ? ` ${plural(fixed, 'file')} rewritten.` : '';
  const beside = besides(result)
    .map((sentence) => ` ${oneLine(sentence)}`)
    .join('');
  const trouble =
    problems.length > 0 ? ` ${plural(problems.length, 'problem')} on the way: see the lines on stderr.` : '';
  if (findings.length > 0) {
    return `${paint(['red', 'bold'], foundText(findings))} (${scanned}).${rewritten}${beside}${trouble}`;
  }
  if (files.length === 0) return `Nothing was scanned.${trouble}`;
  const clear = paint(['green', 'bold'], trouble ? 'Nothing found.' : 'All clear.');
  return `${clear} ${scanned}, nothing to report.${rewritten}${beside}${trouble}`;
}

/** What to do next: the one step that helps most. */
function next({ findings, preset }: ScanResult, paint: Paint): string[] {
  const fixable = findings.filter(({ fix }) => fix).length;
  const suggested = findings.filter(({ fix, suggestions }) => !fix && suggestions.length > 0).length;
  const [first] = countBy(findings, ({ ruleId }) => ruleId);
  const page = first && docsPage(first.name);
  if (fixable > 0) {
    const command = `resilience scan --fix${preset === 'strict' ? ' --preset strict' : ''}`;
    return [`${paint('bold', 'Next:')} ${command} mends ${String(fixable)} of them; commit first, then read the diff.`];
  }
  if (suggested > 0) {
    const subject = suggested === 1 ? '1 of them has a suggestion' : `${String(suggested)} of them have suggestions`;
    return [`${paint('bold', 'Next:')} ${subject} in the editor: add the plugin to eslint.config.js, and choose.`];
  }
  return page ? [`${paint('bold', 'Next:')} read ${page}`] : [];
}

const indent = (text: string): string => text.replaceAll(/^(?=.)/gmu, '  ');

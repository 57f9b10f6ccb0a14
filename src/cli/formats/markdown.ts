/** A summary for a comment on a pull request, or for a job's summary page. */
import { escapeMarkdown, markdownCode } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import { countBy, type Count, type Finding, type ScanResult } from '../result.js';
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

/** Hosts refuse comments of more than 65 536 characters. */
const MAX_LENGTH = 60_000;
/** Rows of a table. */
const MAX_ROWS = 20;

/** What was found, by rule and by downstream, and then each finding, as many as a comment may hold. */
export function formatMarkdown({ result }: FormatOptions): string {
  const { findings } = result;
  const beside = besides(result).map(escapeMarkdown).join(' ');
  const head = ['## Resilience', verdict(result), ...(beside === '' ? [] : [beside])];
  if (findings.length > 0) {
    head.push(
      table(
        'Rule',
        countBy(findings, ({ ruleId }) => ruleId),
        (ruleId) => `[${markdownCode(ruleId)}](${docsPage(ruleId)})`,
      ),
      ...tableOfDownstreams(findings),
    );
  }
  const trouble = list(
    plural(result.problems.length, 'problem'),
    result.problems.map(({ path, line, column, message }) => {
      const position = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
      return `- ${markdownCode(toRelative(path, result.base) + position)}: ${escapeMarkdown(message)}`;
    }),
    MAX_LENGTH / 4,
  );
  const room = MAX_LENGTH - head.join('').length - trouble.length;
  const details = list('Findings', [...lines(result)], room);
  return `${[...head, trouble, details].filter(Boolean).join('\n\n')}\n`;
}

function verdict(result: ScanResult): string {
  const { findings, files } = result;
  if (findings.length === 0) {
    return files.length === 0 ? 'Nothing was scanned.' : `✅ Nothing found: ${scannedText(result)}.`;
  }
  const fixable = findings.filter(({ fix }) => fix).length;
  const remedy = fixable > 0 ? ` \`resilience scan --fix\` mends ${String(fixable)} of them.` : '';
  return `❌ **${foundText(findings)}** (${scannedText(result)}).${remedy}`;
}

function tableOfDownstreams(findings: readonly Finding[]): string[] {
  const counts = countDownstreams(findings);
  return counts.length === 0 ? [] : [table('Downstream', counts, markdownCode)];
}

function table(title: string, counts: readonly Count[], nameOf: (name: string) => string): string {
  const rows = counts.slice(0, MAX_ROWS).map(({ name, count }) => `| ${nameOf(name)} | ${String(count)} |`);
  const rest = counts.slice(MAX_ROWS).reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) rows.push(`| ${plural(counts.length - MAX_ROWS, 'other')} | ${String(rest)} |`);
  return [`| ${title} | Findings |`, '| :-- | --: |', ...rows].join('\n');
}

function* lines({ base, findings }: ScanResult): Generator<string> {
  for (const [file, own] of groupByFile(findings)) {
    yield `- ${markdownCode(toRelative(file, base))}`;
    for (const finding of own) {
      const { line, column } = finding.range.start;
      const about = [markdownCode(finding.ruleId), downstreamName(finding)]
        .map((part, index) => (index === 0 ? part : escapeMarkdown(part)))
        .filter(Boolean)
        .join(' · ');
      yield `  - ${String(line)}:${String(column)} ${escapeMarkdown(finding.message)}<br>${about}`;
    }
  }
}

/** As much of a list as there is room for, folded. */
function list(title: string, items: readonly string[], room: number): string {
  if (items.length === 0) return '';
  const shown: string[] = [];
  let left = room;
  for (const item of items) {
    left -= item.length + 1;
    if (left < 0) break;
    shown.push(item);
  }
  if (shown.length < items.length) shown.push(`- … and more: ${plural(items.length - shown.length, 'line')} left out`);
  return `<details><summary>${title}</summary>\n\n${shown.join('\n')}\n\n</details>`;
}

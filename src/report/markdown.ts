/** The inventory as Markdown: for a wiki, a pull request, a terminal. */
import { escapeMarkdown, markdownCode } from '../project/escape.js';
import { practices, protections, type Inventory, type Practice } from './inventory.js';
import { attemptsText, count, practiceNames, protectionNames, protectionTexts, worstText } from './words.js';

const signs = { yes: '✓', no: '–', unknown: '?', 'not-needed': ' ' } as const;
const maxFindings = 50;

/** Writes the inventory as Markdown (GitHub's). */
export function renderMarkdown(inventory: Inventory): string {
  const { downstreams, entryPoints, findings, summary, calls } = inventory;
  const parts = [
    '# Downstreams',
    `${count(summary.downstreams, 'downstream')}, ${count(summary.calls, 'call')} in ${count(summary.files, 'file')}.`,
  ];
  if (downstreams.length === 0) return `${parts.join('\n\n')}\n`;
  parts.push(
    protections
      .filter((protection) => summary.byProtection[protection] > 0)
      .map(
        (protection) =>
          `- **${protectionNames[protection]}** (${protectionTexts[protection]}): ${summary.byProtection[protection]}`,
      )
      .join('\n'),
    table(
      ['Downstream', 'Protection', 'Calls', ...practices.map((practice) => practiceNames[practice])],
      downstreams.map((one) => [
        `${markdownCode(one.name)}${one.critical === true ? ' (critical)' : ''}`,
        protectionNames[one.protection],
        String(one.calls.length),
        ...practices.map((practice) => cell(one.practices[practice])),
      ]),
    ),
    '✓ yes, ✗ no and wrong, – no, ? cannot be told.',
  );
  if (findings.length > 0) {
    parts.push(
      '## What to do first',
      findings
        .slice(0, maxFindings)
        .map(({ about, path, line, message, risk, fix }, index) => {
          const mend =
            fix === null
              ? ''
              : ` Fix (${fix.automatic ? '`scan --fix`' : 'a choice'}): ${markdownCode(fix.after.trim().split('\n')[0] ?? '')}`;
          return `${index + 1}. **${risk}** ${about === null ? '' : `${markdownCode(about)} `}${markdownCode(`${path}:${line}`)}: ${escapeMarkdown(message)}${mend}`;
        })
        .join('\n'),
    );
    if (findings.length > maxFindings) parts.push(`… and ${findings.length - maxFindings} more.`);
  }
  if (entryPoints.length > 0) {
    parts.push(
      '## What it costs',
      'When every downstream on the way answers as late as it may:',
      table(
        ['Entry point', 'Longest wait', 'Requests', 'Cannot do without', 'Can do without'],
        entryPoints.map((entry) => [
          `${escapeMarkdown(entry.name)} ${markdownCode(`${entry.path}:${entry.line}`)}`,
          worstText(entry.worst),
          attemptsText(entry.worst),
          entry.critical.map((name) => markdownCode(name)).join(', '),
          entry.optional.map((name) => markdownCode(name)).join(', '),
        ]),
      ),
    );
  }
  parts.push('## Calls');
  for (const one of downstreams) {
    parts.push(
      `### ${escapeMarkdown(one.name)}`,
      calls
        .filter(({ id }) => one.calls.includes(id))
        .map(
          ({ path, line, method, operation, client, timeout, retry }) =>
            `- ${markdownCode(`${path}:${line}`)} ${markdownCode(method ?? operation)} with ${escapeMarkdown(client)}: timeout ${escapeMarkdown(timeout.text)}; ${escapeMarkdown(retry.text)}`,
        )
        .join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function cell({ answer, text, wrong }: Practice): string {
  return `${wrong ? '✗' : signs[answer]} ${escapeMarkdown(text)}`.trim();
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

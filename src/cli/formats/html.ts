/** One page that needs nothing else: no script, no network, light and dark, fit to print. */
import { escapeHtml } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import { codeFrame, splitLines } from '../frame.js';
import { countBy, type Count, type Finding, type ScanResult } from '../result.js';
import { painter } from '../terminal.js';
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

const style = `
:root { color-scheme: light dark; --muted: #59636e; --line: #d1d9e0; --mark: #cf222e; --soft: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --muted: #9198a1; --line: #3d444d; --mark: #ff7b72; --soft: #151b23; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; overflow-wrap: anywhere; margin: 2rem 0 0.5rem; }
p { margin: 0.5rem 0; overflow-wrap: anywhere; } .muted { color: var(--muted); }
table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: left; font-weight: 600; }
td, th { border-bottom: 1px solid var(--line); padding: 0.2rem 1rem 0.2rem 0; text-align: left; overflow-wrap: anywhere; }
td:last-child, th:last-child { text-align: right; padding-right: 0; }
article { border: 1px solid var(--line); border-radius: 6px; margin: 0.75rem 0; padding: 0.5rem 1rem; break-inside: avoid; }
pre { background: var(--soft); border-radius: 6px; padding: 0.75rem; overflow-x: auto; font-size: 0.85rem; line-height: 1.45; }
.where { color: var(--mark); font-weight: 600; }
@media print { body { max-width: none; margin: 0; } pre { white-space: pre-wrap; } }
`;

/** Findings by file with their code, and counts by rule and by downstream. */
export function formatHtml({ result, version, width }: FormatOptions): string {
  const { findings, base } = result;
  const files = [...groupByFile(findings)].map(
    ([file, own]) => `<section>
<h2>${escapeHtml(toRelative(file, base))}</h2>
${own.map((finding) => article(finding, splitLines(result.sources.get(file) ?? ''), width)).join('\n')}
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Resilience: ${String(findings.length)} findings</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Resilience</h1>
<p>${[verdict(result), ...besides(result).map(escapeHtml)].join(' ')}</p>
${[
  table(
    'By rule',
    countBy(findings, ({ ruleId }) => ruleId),
    (ruleId) => `<a href="${escapeHtml(docsPage(ruleId))}">${escapeHtml(ruleId)}</a>`,
  ),
  table('By downstream', countDownstreams(findings), escapeHtml),
  ...files,
  problems(result),
]
  .filter(Boolean)
  .join('\n')}
<p class="muted">eslint-plugin-resilience ${escapeHtml(version)}</p>
</main>
</body>
</html>
`;
}

function verdict(result: ScanResult): string {
  if (result.findings.length > 0) return `<strong>${foundText(result.findings)}</strong> (${scannedText(result)}).`;
  return result.files.length === 0 ? 'Nothing was scanned.' : `Nothing found: ${scannedText(result)}.`;
}

function table(title: string, counts: readonly Count[], nameOf: (name: string) => string): string {
  if (counts.length === 0) return '';
  const rows = counts.map(({ name, count }) => `<tr><td>${nameOf(name)}</td><td>${String(count)}</td></tr>`);
  return `<table><caption>${title}</caption><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function article(finding: Finding, lines: readonly string[], width: number): string {
  const { range, message, ruleId, fix, suggestions } = finding;
  const { line, column } = range.start;
  const remedy = fix ? 'fix: --fix' : suggestions.length > 0 ? 'fix: suggested in the editor' : '';
  const details = [
    `<a href="${escapeHtml(docsPage(ruleId))}">${escapeHtml(ruleId)}</a>`,
    escapeHtml(downstreamName(finding)),
    remedy,
  ];
  const frame = lines.some(Boolean) ? `\n<pre>${escapeHtml(codeFrame(lines, range, painter(false), width))}</pre>` : '';
  return `<article>
<p><span class="where">${String(line)}:${String(column)}</span> ${escapeHtml(message)}</p>
<p class="muted">${details.filter(Boolean).join(' · ')}</p>${frame}
</article>`;
}

function problems({ problems: all, base }: ScanResult): string {
  if (all.length === 0) return '';
  const items = all.map(({ path, line, column, message }) => {
    const position = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
    return `<li>${escapeHtml(`${toRelative(path, base)}${position}: ${message}`)}</li>`;
  });
  return `<section>\n<h2>${plural(all.length, 'problem')} on the way</h2>\n<ul>\n${items.join('\n')}\n</ul>\n</section>`;
}

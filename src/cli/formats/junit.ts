/** JUnit XML, which most CI servers read: a suite a file, a failed test a finding. */
import { escapeHtml, oneLine } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import { codeFrame, splitLines } from '../frame.js';
import type { Finding } from '../result.js';
import { painter } from '../terminal.js';
import type { FormatOptions } from './format.js';
import { docsPage, groupByFile } from './words.js';

/** Files without findings are suites with one test that passed, so that a clean scan shows what it looked at. */
export function formatJunit({ result, width }: FormatOptions): string {
  const { base, files, findings, problems, skipped } = result;
  const byFile = groupByFile(findings);
  // A finding's file is among the files, but for what was merged by hand.
  const paths = [...new Set([...files.map(({ path }) => path), ...byFile.keys()])];
  const suites = [
    ...paths.map((path) => {
      const name = toRelative(path, base);
      const lines = splitLines(result.sources.get(path) ?? '');
      const own = byFile.get(path) ?? [];
      const cases = own.map((finding) => failure(finding, name, lines, width));
      return suite(name, cases.length > 0 ? cases : [testcase(name, 'resilience')], { failures: cases.length });
    }),
    ...skipped.map(({ path, reason }) => {
      const name = toRelative(path, base);
      const element = `<skipped message="${attribute(reason)}"/>`;
      return suite(name, [testcase(name, 'resilience', element)], { skipped: 1 });
    }),
    ...problems.map(({ path, kind, line, column, message }) => {
      const name = toRelative(path, base);
      const where = line === undefined ? '' : `${String(line)}:${String(column ?? 1)} `;
      const element = `<error type="${kind}" message="${attribute(where + message)}"/>`;
      return suite(name, [testcase(name, 'resilience', element)], { errors: 1 });
    }),
  ];
  const total = Math.max(findings.length, 0) + paths.filter((path) => !byFile.has(path)).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="resilience" ${counts(total + skipped.length + problems.length, {
      failures: findings.length,
      errors: problems.length,
      skipped: skipped.length,
    })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

interface Counts {
  readonly failures?: number;
  readonly errors?: number;
  readonly skipped?: number;
}

/** Times are part of the format, and not of the result: the same scan gives the same bytes. */
const counts = (tests: number, { failures = 0, errors = 0, skipped = 0 }: Counts): string =>
  `tests="${String(tests)}" failures="${String(failures)}" errors="${String(errors)}" skipped="${String(skipped)}" time="0"`;

const suite = (name: string, cases: readonly string[], count: Counts): string =>
  [`  <testsuite name="${attribute(name)}" ${counts(cases.length, count)}>`, ...cases, '  </testsuite>'].join('\n');

function testcase(file: string, name: string, content = ''): string {
  const head = `    <testcase classname="${attribute(file)}" name="${attribute(name)}" file="${attribute(file)}" time="0"`;
  return content === '' ? `${head}/>` : `${head}>\n      ${content}\n    </testcase>`;
}

function failure(finding: Finding, file: string, lines: readonly string[], width: number): string {
  const { range, ruleId, message } = finding;
  const { line, column } = range.start;
  const frame = lines.length > 1 || lines[0] ? `\n${codeFrame(lines, range, painter(false), width)}\n` : '\n';
  const text = `${file}:${String(line)}:${String(column)}\n${frame}\n${docsPage(ruleId)}\n`;
  return testcase(
    file,
    `${ruleId} at ${String(line)}:${String(column)}`,
    `<failure type="${attribute(ruleId)}" message="${attribute(message)}">${escapeHtml(text)}</failure>`,
  );
}

const attribute = (text: string): string => escapeHtml(oneLine(text));

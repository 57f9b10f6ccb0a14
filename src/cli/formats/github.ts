/** For GitHub Actions: workflow commands on stdout, which the runner shows as annotations of the pull request's diff. */
import { oneLine, visible } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import type { FormatOptions } from './format.js';
import { besides, foundText, scannedText } from './words.js';

/** One `::error` a finding and a problem, and a line that sums up. */
export function formatGithub({ result }: FormatOptions): string {
  const { base, findings, problems } = result;
  const lines = [
    ...findings.map(({ path, range: { start, end }, ruleId, message }) =>
      command(
        {
          file: toRelative(path, base),
          line: start.line,
          // The runner takes columns on one line only.
          ...(end.line === start.line
            ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) }
            : { endLine: end.line }),
          title: ruleId,
        },
        message,
      ),
    ),
    ...problems.map(({ path, line, column, message }) =>
      command({ file: toRelative(path, base), line, col: column, title: 'resilience: trouble' }, message),
    ),
    [
      findings.length > 0
        ? `${foundText(findings)} (${scannedText(result)}).`
        : `Nothing found. ${scannedText(result)}.`,
      ...besides(result).map(oneLine),
    ].join(' '),
  ];
  return `${lines.join('\n')}\n`;
}

/** Percent encoding is all that the runner knows: what is not encoded could end the command and begin another one. */
function command(properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const given = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          `${name}=${encode(visible(String(value)))
            .replaceAll(':', '%3A')
            .replaceAll(',', '%2C')}`,
        ],
  );
  return `::error ${given.join(',')}::${encode(oneLine(message))}`;
}

const encode = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('\t', ' ');

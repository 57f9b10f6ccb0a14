/** The results for a terminal, and as the published page. */
import type { ModeResult, RuleResult, SiteCount } from './suite.js';

/** Lowest acceptable values, by rule and mode; what is not there has no floor. */
export type Floors = Readonly<
  Record<string, Readonly<Partial<Record<'typed' | 'untyped', Readonly<{ precision?: number; recall?: number }>>>>>
>;

const modes = ['typed', 'untyped'] as const;

/** A table of all rules, then each miss and each false alarm with its place. */
export function renderText(results: readonly RuleResult[], directory: string): string {
  const rows = [['rule', 'mode', 'sites', 'found', 'false', 'precision', 'recall', 'strict']];
  const details: string[] = [];
  for (const result of results) {
    if (result.unknownIds.length > 0) {
      details.push(
        `${result.rule}: labels name messages that the rule does not have: ${result.unknownIds.join(', ')}`,
        '',
      );
    }
    for (const mode of modes) {
      const score = result[mode];
      const sites = String(total(result.sites));
      if (!score) {
        rows.push([result.rule, mode, sites, 'skipped: the plugin does not have this rule yet']);
        continue;
      }
      rows.push([
        result.rule,
        mode,
        sites,
        `${score.found}/${score.found + score.misses.length}`,
        String(score.falseAlarms.length),
        percent(score.precision),
        percent(score.recall),
        strictOf(score),
      ]);
      details.push(...detailsOf(`${result.rule}, ${mode}`, score, directory));
    }
  }
  return `${table(rows)}\n\n${details.join('\n')}`.trimEnd();
}

function detailsOf(title: string, score: ModeResult, directory: string): string[] {
  const lines = [
    ...score.misses.map(
      (miss) => `  missed       ${at(miss)} ${miss.expected}${miss.instead ? `, says ${miss.instead}` : ''}`,
    ),
    ...score.falseAlarms.map(
      (alarm) => `  false alarm  ${at(alarm)} ${alarm.messageId} where the label is: ${alarm.label ?? 'none'}`,
    ),
    ...score.strict.misses.map(
      (miss) => `  not strict   ${at(miss)} ${miss.expected}${miss.instead ? `, says ${miss.instead}` : ''}`,
    ),
  ];
  return lines.length > 0 ? [title, ...lines, ''] : [];

  function at({ file, line }: { file: string; line: number }): string {
    return `${directory}/${file}:${line}`;
  }
}

/** The page that publishes the figures. */
export function renderMarkdown(results: readonly RuleResult[]): string {
  const rows = results.flatMap((result) =>
    modes.map((mode) => {
      const score = result[mode];
      const { expect, ok, unknown } = result.sites;
      const cells = score
        ? [
            percent(score.precision),
            percent(score.recall),
            score.falseAlarms.length,
            score.misses.length,
            strictOf(score),
          ]
        : ['not built yet', '', '', '', ''];
      return `| \`${result.rule}\` | ${mode} | ${expect} | ${ok} | ${unknown} | ${cells.join(' | ')} |`;
    }),
  );
  return `# Accuracy

What the rules find, and what they report wrongly, in a suite of labelled projects (\`test/accuracy/\`). The projects are
small, and hard on purpose: wrappers in other files, injected clients, options that come from elsewhere, and many places
that look like a fault and are none. The labels follow the rules' definitions, not what the rules do; the suite is
separate from the rules' own tests. It has ${results.reduce((sum, { sites }) => sum + total(sites), 0)} labelled places.

- **precision**: of the reports of \`recommended\`, the share that is right (place and message);
- **recall**: of the faults, the share that \`recommended\` reports;
- **strict**: of the places that nobody can judge from the code, how many \`strict\` reports as such;
- **untyped**: the same without type information. Faults that only types can show are left out of its recall.

| rule | mode | faults | near misses | unknown | precision | recall | false alarms | missed | strict |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

This page is written by \`npm run accuracy -- --write\`. \`npm run accuracy\` lists each miss and each false alarm;
\`npm run accuracy -- --check\` fails where a figure falls below \`test/accuracy/floors.json\`.
`;
}

/** One sentence for each figure that lies below its floor. */
export function belowFloors(results: readonly RuleResult[], floors: Floors): string[] {
  return results.flatMap((result) =>
    modes.flatMap((mode) => {
      const score = result[mode];
      const floor = floors[result.rule]?.[mode];
      if (!score || !floor) return [];
      return (['precision', 'recall'] as const).flatMap((what) => {
        const lowest = floor[what] ?? 0;
        const value = score[what] ?? 0;
        return value < lowest
          ? [`${result.rule}, ${mode}: ${what} is ${percent(value)}, the floor is ${percent(lowest)}`]
          : [];
      });
    }),
  );
}

function strictOf({ strict }: ModeResult): string {
  return `${strict.found}/${strict.found + strict.misses.length}`;
}

function total({ expect, ok, unknown }: SiteCount): number {
  return expect + ok + unknown;
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(1)} %`;
}

/** Columns as wide as their cells; a last cell that stands for several columns does not count. */
function table(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (column < row.length - 1 ? (row[column]?.length ?? 0) : 0))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

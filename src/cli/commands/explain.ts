/** `resilience explain`: a rule's docs page in the terminal. */
import { parseArgs } from 'node:util';
import ownPlugin from '../../plugin.js';
import { visible } from '../../project/escape.js';
import { UsageError, type Command } from '../command.js';
import { docsPage } from '../formats/words.js';
import { rulePage } from '../rule-docs.js';
import { painter, wantsColor, type Paint } from '../terminal.js';

const help = `Usage: resilience explain [rule] [options]

Shows what a rule asks for, what goes wrong without it, and what its fix changes: its docs page. Without a
rule, the list of them.

Options:
  --color, --no-color  with or without colours (default: on a terminal; without, the page is Markdown)
  --help               this text
`;

export const explain: Command = {
  summary: 'show what a rule is about: its docs page',
  help,
  run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: { color: { type: 'boolean' } },
    });
    const color = wantsColor(values.color, io.env, io.stdout);
    const [given, ...others] = positionals;
    if (others.length > 0) throw new UsageError('One rule at a time');
    if (given === undefined) {
      const width = Math.max(...Object.keys(ownPlugin.rules).map((name) => name.length));
      for (const [name, { meta }] of Object.entries(ownPlugin.rules)) {
        io.stdout.write(`${painter(color)('bold', name.padEnd(width))}  ${meta?.docs?.description ?? ''}\n`);
      }
      return Promise.resolve(0);
    }
    const name = given.replace(/^resilience\//u, '');
    if (!Object.hasOwn(ownPlugin.rules, name)) throw new UsageError(unknownRule(given, name));
    const page = `# resilience/${name}\n\n${rulePage(name)}\n${docsPage(name)}\n`;
    io.stdout.write(color ? render(page, painter(true)) : page);
    return Promise.resolve(0);
  },
};

/** With the rules that share most of the words. */
function unknownRule(given: string, name: string): string {
  const words = name.split('-');
  const shared = (rule: string): number => words.filter((word) => word.length > 2 && rule.includes(word)).length;
  const [best, score] = Object.keys(ownPlugin.rules)
    .map((rule): [string, number] => [rule, shared(rule)])
    .reduce((a, b) => (b[1] > a[1] ? b : a));
  return `There is no rule '${given}'${score > 0 ? `: do you mean ${best}?` : ''}`;
}

/** Headings, code and emphasis, as far as our own pages use them. */
function render(markdown: string, paint: Paint): string {
  let inCode = false;
  const lines = markdown.split('\n').flatMap((line): string[] => {
    if (/^ *```/u.test(line)) {
      inCode = !inCode;
      return [];
    }
    if (inCode) return [paint('cyan', `    ${visible(line)}`)];
    const heading = /^#+ (?<text>.+)$/u.exec(line)?.groups?.['text'];
    if (heading !== undefined) return [paint(['bold', 'underline'], heading)];
    if (/^<!--.*-->$/u.test(line)) return [];
    return [
      visible(line)
        .replaceAll(/`(?<code>[^`]+)`/gu, (_match, code: string) => paint('cyan', code))
        .replaceAll(/\*\*(?<text>[^*]+)\*\*/gu, (_match, text: string) => paint('bold', text))
        .replaceAll(
          /\[(?<text>[^\]]+)\]\((?<target>[^)]+)\)/gu,
          (_match, text: string, target: string) => `${text} (${paint('underline', target)})`,
        ),
    ];
  });
  return lines.join('\n');
}

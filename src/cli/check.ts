/** The findings of the rules in a file that is open already: no second parse, no second program. */
import path from 'node:path';
import type { Linter } from 'eslint';
import type { TSESLint } from '@typescript-eslint/utils';
import { sourceFiles } from '../configs.js';
import { docsUrl } from '../define-rule.js';
import { withFindingSinkSync, type FindingFacts as Told } from '../findings.js';
import ownPlugin from '../plugin.js';
import type { OpenFile } from '../project/open.js';
import { toRelative } from '../project/paths.js';
import { loadEslint, ownInstall, type ParserToolchain } from '../project/toolchain.js';
import { excerpt, type FindingFacts, type Fix } from '../report/index.js';
import type { PartialSettings } from '../settings.js';
import type { Preset } from './result.js';

const maxFixLines = 14;

/** What finds the findings of open files. */
export async function createCheck(options: {
  readonly cwd: string;
  readonly base: string;
  readonly preset: Preset;
  readonly settings: PartialSettings | undefined;
}): Promise<(file: OpenFile, toolchain: ParserToolchain) => readonly FindingFacts[]> {
  const { cwd, base, preset, settings } = options;
  const eslint = await loadEslint([ownInstall, cwd]);
  const linter = new eslint.Linter({ cwd, configType: 'flat' });
  return (file, { parser }) => {
    const config: TSESLint.FlatConfig.ConfigArray = [
      {
        linterOptions: { reportUnusedDisableDirectives: 'off', reportUnusedInlineConfigs: 'off' },
        ...(settings && { settings: { resilience: settings } }),
      },
      ...ownPlugin.configs[preset],
      { files: sourceFiles, languageOptions: { parser } },
    ];
    const told: Told[] = [];
    const messages = withFindingSinkSync(
      (fact) => told.push(fact),
      () => linter.verify(file.source as never, config as Linter.Config[], { filename: file.path }),
    );
    const lines = file.text.split(/\r\n|[\r\n\u2028\u2029]/u);
    return messages.flatMap((message): FindingFacts[] => {
      const { ruleId, line, column, messageId = '' } = message;
      if (!ruleId?.startsWith('resilience/')) return [];
      const fact = told.find(
        (one) => one.ruleId === ruleId && one.messageId === messageId && one.line === line && one.column === column,
      );
      return [
        {
          path: toRelative(file.path, base),
          line,
          column,
          ...excerpt(lines, line, message.endLine ?? line),
          endLine: message.endLine ?? line,
          endColumn: message.endColumn ?? column,
          ruleId,
          messageId,
          message: message.message,
          docs: docsUrl(path.posix.basename(ruleId)),
          downstream: fact?.downstream ?? null,
          client: fact?.client ?? null,
          fix: fixOf(message, file.text),
        },
      ];
    });
  };
}

function fixOf({ fix, suggestions }: Linter.LintMessage, text: string): Fix | null {
  const [suggestion] = suggestions ?? [];
  const edit = fix ?? suggestion?.fix;
  if (!edit) return null;
  const [start, end] = edit.range;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  const cut = (part: string): string => {
    const lines = part.split(/\r?\n/u);
    return lines.length <= maxFixLines ? lines.join('\n') : [...lines.slice(0, maxFixLines), '…'].join('\n');
  };
  return {
    automatic: fix !== undefined,
    description: fix ? 'Apply with `resilience scan --fix`.' : (suggestion?.desc ?? ''),
    line: text.slice(0, from).split('\n').length,
    before: cut(text.slice(from, to)),
    after: cut(text.slice(from, start) + edit.text + text.slice(end, to)),
  };
}

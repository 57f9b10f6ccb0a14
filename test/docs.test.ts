/** The pages of the rules are true: every example is linted, with the real libraries, and does what its label says. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules as allRules } from '../rules/index.js';
import { check } from '../src/settings/check.js';
import { settingsShape } from '../src/settings/shape.js';
import type { AnyRule } from './support/case-project.js';
import { type Example, type Page, PageError, readPage, readSettingsBlocks } from './support/docs-page.js';
import { DocsProject } from './support/docs-project.js';

const root = path.join(import.meta.dirname, '..');
const rules: Readonly<Record<string, AnyRule>> = allRules;

const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

const markdownIn = (directory: string): string[] =>
  fs
    .readdirSync(path.join(root, directory))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(directory, name));

/** The sections of every page, in their order. `Options` is there for rules that have options. */
const sections = [
  'What can go wrong',
  'Examples',
  'Options',
  'What the fix changes',
  'Known limits',
  'When not to use it',
  'Related',
];

/** A page, or why it cannot be read: then one test fails, and the others run. */
function tryRead(file: string): Page | PageError {
  try {
    return readPage(read(file));
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
}

const pages = markdownIn('docs/rules').map((file) => ({ file, name: path.basename(file, '.md'), page: tryRead(file) }));

describe('the page of', () => {
  let project: DocsProject;
  beforeAll(() => {
    project = new DocsProject();
    for (const { name, page } of pages) {
      if (!(page instanceof PageError)) project.add(name, page.examples);
    }
  });
  afterAll(() => {
    project.dispose();
  });

  describe.each(pages)('$name', ({ file, name, page }) => {
    const rule = rules[name]!;

    it('is of the form, and belongs to a rule', () => {
      expect(page).not.toBeInstanceOf(PageError);
      expect(Object.keys(rules)).toContain(name);
      const { schema } = rule.meta as { schema?: readonly unknown[] };
      const expected = sections.filter((section) => section !== 'Options' || (schema ?? []).length > 0);
      const headings = [...read(file).matchAll(/^## (?<text>.+)$/gmu)].map((match) => match.groups?.['text']);
      expect(headings.filter((heading) => sections.includes(heading ?? ''))).toEqual(expected);
    });
    if (page instanceof PageError || !(name in rules)) return;

    it('shows both what is reported and what is not', () => {
      const roles = page.examples.map((example) => example.role);
      expect(roles).toContain('incorrect');
      expect(roles).toContain('correct');
    });

    for (const { line, value } of page.settings) {
      it(`line ${line}: the settings are right`, () => {
        expect(check(settingsShape, value).problems).toEqual([]);
      });
    }

    for (const example of page.examples) {
      it(`line ${example.line}: ${example.role}`, () => {
        expect(project.typeErrors(name, example), 'It does not type-check').toEqual([]);
        verify(example);
      });
    }

    function verify(example: Example): void {
      const reported = (types: boolean): (string | undefined)[] =>
        project.lint(name, rule, example, types).map((message) => message.messageId);
      switch (example.role) {
        case 'incorrect': {
          const ids = reported(true);
          expect(ids, 'Nothing is reported').not.toEqual([]);
          if (example.reports) expect(ids).toEqual(example.reports);
          expect(reported(false), 'Without types').toEqual(example.needsTypes ? [] : ids);
          return;
        }
        case 'fixed':
          expect(project.fix(name, rule, example.of!)).toBe(example.code);
          break;
        case 'suggested': {
          const suggestions = project
            .lint(name, rule, example.of!, true)
            .flatMap(({ suggestions }) => suggestions ?? []);
          const { fix } = suggestions[example.suggestion - 1] ?? expect.fail('There is no such suggestion');
          const { code } = example.of!;
          expect(code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1])).toBe(example.code);
          break;
        }
        case 'correct':
      }
      expect([...reported(true), ...reported(false)], 'It is reported').toEqual([]);
    }
  });
});

describe('the settings in', () => {
  const files = ['README.md', ...markdownIn('docs')];
  const blocks = files.flatMap((file) => readSettingsBlocks(read(file)).map((block) => ({ file, ...block })));
  it.each(blocks)('$file, line $line, are right', ({ value }) => {
    const { $schema: _schema, ...settings } = value;
    expect(check(settingsShape, settings).problems).toEqual([]);
  });
});

describe('the links in', () => {
  it.each(['README.md', ...markdownIn('docs'), ...markdownIn('docs/rules')])('%s lead somewhere', (file) => {
    const text = read(file).replaceAll(/^```.*?^```$/gmsu, '');
    const targets = [...text.matchAll(/\]\((?<target>[^)\s]+)\)/gu)].map((match) => match.groups?.['target'] ?? '');
    const dead = targets
      .filter((target) => !/^(?:https?:|#)/u.test(target))
      .filter((target) => !fs.existsSync(path.join(root, path.dirname(file), target.split('#', 1)[0]!)));
    expect(dead).toEqual([]);
  });
});

describe('readPage', () => {
  const block = (language: string, content: string): string => `\`\`\`${language}\n${content}\n\`\`\`\n`;

  it('takes what a block is from the label before it, and options and settings from its section', () => {
    const page = readPage(
      [
        '## One',
        '**Options**',
        block('json', '{ "a": 1 }'),
        '**Settings**',
        block('json', '{ "fix": "off" }'),
        '**Incorrect**, since there is no end:',
        '<!-- reports: x, y -->',
        '<!-- needs types -->',
        block('ts', 'first();'),
        '**Fixed**',
        block('ts', 'second();'),
        '**Suggested**',
        block('ts', 'third();'),
        block('ts', 'fourth();'),
        '## Two',
        '### Correct',
        block('js', 'fifth();'),
        block('sh', 'anything'),
      ].join('\n'),
    );
    const context = { options: { a: 1 }, settings: { fix: 'off' } };
    const first = {
      ...context,
      role: 'incorrect',
      code: 'first();\n',
      reports: ['x', 'y'],
      needsTypes: true,
      line: 16,
    };
    expect(page.examples).toMatchObject([
      first,
      { ...context, role: 'fixed', code: 'second();\n', of: first, needsTypes: false },
      { ...context, role: 'suggested', code: 'third();\n', of: first, suggestion: 1 },
      { ...context, role: 'suggested', code: 'fourth();\n', of: first, suggestion: 2 },
      { options: undefined, settings: undefined, role: 'correct', code: 'fifth();\n', extension: 'js' },
    ]);
    expect(page.settings).toEqual([{ line: 9, value: { fix: 'off' } }]);
  });

  it.each([
    ['code without a label', block('ts', 'f();'), 'line 2: a block of code needs the label'],
    [
      'code under a new heading',
      `## Correct\n## More\n${block('ts', 'f();')}`,
      'line 4: a block of code needs the label',
    ],
    ['JSON without a label', block('json', '{}'), 'line 2: a block of JSON needs the label'],
    ['JSON that is none', `**Options**\n${block('json', '{')}`, 'line 3: the block is not JSON'],
    ['a fix of nothing', `**Fixed**\n${block('ts', 'f();')}`, 'line 3: a fixed block stands after an incorrect one'],
    [
      'a slip in a comment',
      `**Correct**\n<!-- report: x -->\n${block('ts', 'f();')}`,
      'line 4: <!-- report: x --> is not known',
    ],
    ['a block that does not end', '**Correct**\n```ts\nf();', 'line 2: the block of code does not end'],
  ])('rejects %s', (_name, markdown, message) => {
    expect(() => readPage(markdown)).toThrow(message);
  });
});

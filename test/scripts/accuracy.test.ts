/** The runner of the labelled suite: labels, scores, floors, and one small suite from end to end. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ESLintUtils } from '@typescript-eslint/utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabelError, sitesOf } from '../../scripts/accuracy/labels.js';
import { belowFloors, renderMarkdown, renderText } from '../../scripts/accuracy/render.js';
import { type FileSite, type Report, score, scoreStrict } from '../../scripts/accuracy/score.js';
import { type Plugin, runSuite } from '../../scripts/accuracy/suite.js';

const brief = (text: string) =>
  sitesOf('a.ts', text).map(({ kind, rule, ids, line }) => `${line} ${kind} ${rule}/${ids.join('|')}`);

describe('labels', () => {
  it('stand above the code, or beside it', () => {
    expect(brief('// expect: require-timeout/missing\nfetch(url);')).toEqual(['2 expect require-timeout/missing']);
    expect(brief('fetch(url); // ok: require-timeout -- why')).toEqual(['1 ok require-timeout/']);
  });

  it('reach over other comments and empty lines to the code', () => {
    expect(brief('// ok: a-b\n\n// a remark\n// expect: c-d/x\ncall();\nother();')).toEqual([
      '5 ok a-b/',
      '5 expect c-d/x',
    ]);
  });

  it('name several rules, several ids, notes and a reason', () => {
    expect(sitesOf('a.ts', '// expect: a-b/x|y (untyped: skip) (within 3), c-d/z -- because\nf();')).toEqual([
      { kind: 'expect', rule: 'a-b', ids: ['x', 'y'], line: 2, within: 3, needsTypes: true, reason: 'because' },
      { kind: 'expect', rule: 'c-d', ids: ['z'], line: 2, within: 0, needsTypes: false, reason: 'because' },
    ]);
  });

  it.each([
    ['// expect: require-timeout\nf();', 'a.ts:1: "require-timeout" names no message id'],
    ['// ok: require-timeout/missing\nf();', 'asks for silence'],
    ['// expect: requiretimeout/missing\nf();', 'cannot read the label'],
    ['// expect: a-b/x (soon)\nf();', 'cannot read the note "(soon)"'],
    ['f();\n// ok: a-b', 'no code below'],
  ])('that are wrong are an error: %j', (text, message) => {
    expect(() => sitesOf('a.ts', text)).toThrow(LabelError);
    expect(() => sitesOf('a.ts', text)).toThrow(message);
  });
});

const site = (line: number, kind: FileSite['kind'], ids: string[] = [], more: Partial<FileSite> = {}): FileSite => ({
  file: 'a.ts',
  rule: 'a-b',
  line,
  kind,
  ids,
  within: 0,
  needsTypes: false,
  reason: null,
  ...more,
});
const report = (line: number, messageId: string): Report => ({ file: 'a.ts', rule: 'a-b', line, messageId });

describe('the score', () => {
  it('counts what is found, missed, and reported wrongly', () => {
    const sites = [site(1, 'expect', ['x']), site(2, 'expect', ['x']), site(3, 'ok'), site(4, 'unknown', ['u'])];
    const result = score(sites, [report(1, 'x'), report(3, 'x'), report(9, 'x')], true);
    expect(result).toMatchObject({ found: 1, precision: 1 / 3, recall: 1 / 2 });
    expect(result.misses).toEqual([{ file: 'a.ts', line: 2, expected: 'x', instead: null }]);
    expect(result.falseAlarms.map(({ line, label }) => [line, label])).toEqual([
      [3, 'ok'],
      [9, null],
    ]);
  });

  it('takes another message for a miss and a false alarm', () => {
    const result = score([site(1, 'expect', ['x'])], [report(1, 'y')], true);
    expect(result).toMatchObject({ found: 0, precision: 0, recall: 0 });
    expect(result.misses[0]).toMatchObject({ instead: 'y' });
  });

  it('accepts a report in the lines that a label allows, and one report once', () => {
    const wide = site(1, 'expect', ['x'], { within: 3 });
    expect(score([wide], [report(4, 'x')], true).found).toBe(1);
    expect(score([wide], [report(5, 'x')], true).found).toBe(0);
    expect(score([wide, site(2, 'expect', ['x'])], [report(2, 'x')], true).misses).toMatchObject([{ line: 1 }]);
    expect(score([site(1, 'expect', ['x'])], [report(1, 'x'), report(1, 'x')], true).falseAlarms).toHaveLength(1);
  });

  it('leaves out, without types, what only types show', () => {
    const typesOnly = site(1, 'expect', ['x'], { needsTypes: true });
    expect(score([typesOnly], [], false)).toMatchObject({ recall: null, misses: [] });
    expect(score([typesOnly], [report(1, 'x')], false)).toMatchObject({ found: 0, falseAlarms: [] });
    expect(score([typesOnly], [], true)).toMatchObject({ recall: 0 });
  });

  it('has no precision where nothing is reported', () => {
    expect(score([site(1, 'ok')], [], true)).toMatchObject({ precision: null, recall: null });
  });

  it('of strict asks for a report at each unknown place', () => {
    const sites = [site(1, 'unknown', ['u']), site(2, 'unknown'), site(3, 'unknown', ['u']), site(4, 'expect', ['x'])];
    const result = scoreStrict(sites, [report(1, 'u'), report(2, 'z'), report(3, 'z')], true);
    expect(result.found).toBe(2);
    expect(result.misses).toEqual([{ file: 'a.ts', line: 3, expected: 'u', instead: 'z' }]);
  });
});

describe('a suite', () => {
  /** Reports each call of `wait`, under `strict` also each call of `maybe`; with types only where `wait` is a function. */
  const rule = ESLintUtils.RuleCreator.withoutDocs<[{ doubts?: boolean }?], 'missing' | 'unknown'>({
    meta: {
      type: 'problem',
      messages: { missing: 'No limit.', unknown: 'Unknown.' },
      schema: [{ type: 'object' }],
      defaultOptions: [{}],
    },
    create: (context, [options]) => ({
      CallExpression(node) {
        if (node.callee.type !== 'Identifier') return;
        const services = context.sourceCode.parserServices;
        if (services?.program && services.getTypeAtLocation?.(node.callee).getCallSignatures().length === 0) return;
        if (node.callee.name === 'wait') context.report({ node, messageId: 'missing' });
        if (node.callee.name === 'maybe' && options?.doubts) context.report({ node, messageId: 'unknown' });
      },
    }),
  });
  const preset = (severity: unknown) => [
    {
      files: ['**/*.{js,ts}'],
      plugins: { resilience: { rules: { 'a-rule': rule } } },
      rules: { 'resilience/a-rule': severity },
    },
  ];
  const plugin = {
    rules: { 'a-rule': rule },
    configs: { recommended: preset('error'), strict: preset(['error', { doubts: true }]) },
  } as unknown as Plugin;

  let directory: string;
  beforeEach(() => {
    directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-accuracy-')));
    const write = (file: string, text: string) => {
      fs.mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      fs.writeFileSync(path.join(directory, file), text);
    };
    write('tsconfig.json', '{ "compilerOptions": { "allowJs": true, "noEmit": true, "types": [] } }');
    write('a-rule/one/package.json', '{ "type": "module" }');
    write(
      'a-rule/one/src/main.ts',
      `import { maybe, wait } from './lib.js';\n// expect: a-rule/missing\nwait();\n// unknown: a-rule/unknown\nmaybe();\n// ok: a-rule\nother();\nfunction other(): void {}\n`,
    );
    write(
      'a-rule/one/src/lib.ts',
      `export function wait(): void {}\nexport function maybe(): void {}\nexport const broken: any = wait;\n`,
    );
    write(
      'a-rule/old/src/main.js',
      `const wait = require('./wait');\n// expect: a-rule/missing\nwait(with_());\nfunction with_() {\n  return arguments.callee;\n}\n`,
    );
    write('a-rule/old/src/wait.js', `module.exports = function wait() {};\n`);
    write('b-rule/one/src/main.ts', `// expect: b-rule/gone\nwait();\nfunction wait(): void {}\n`);
  });
  afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

  it('is judged typed and untyped, in both presets, and skips a rule that is not there', async () => {
    const results = await runSuite(directory, plugin);
    expect(results.map((result) => result.rule)).toEqual(['a-rule', 'b-rule']);
    const [first, second] = results;
    expect(first).toMatchObject({ sites: { expect: 2, ok: 1, unknown: 1 }, unknownIds: [] });
    for (const mode of ['typed', 'untyped'] as const) {
      expect(first![mode]).toMatchObject({ found: 2, precision: 1, recall: 1, strict: { found: 1, misses: [] } });
    }
    expect(second).toMatchObject({ typed: null, untyped: null });

    const text = renderText(results, 'suite');
    expect(text).toMatch(/^a-rule +typed +4 +2\/2 +0 +100\.0 % +100\.0 % +1\/1$/mu);
    expect(text).toMatch(/^b-rule +typed +1 +skipped/mu);
    expect(renderMarkdown(results)).toContain('| `a-rule` | untyped | 2 | 1 | 1 | 100.0 % | 100.0 % | 0 | 0 | 1/1 |');
    expect(
      belowFloors(results, { 'a-rule': { typed: { precision: 1, recall: 1 } }, 'b-rule': { typed: { recall: 1 } } }),
    ).toEqual([]);
  });

  it('lists misses and false alarms with their places, and fails below a floor', async () => {
    fs.writeFileSync(
      path.join(directory, 'a-rule/one/src/main.ts'),
      `// ok: a-rule -- on purpose\nwait();\n// expect: a-rule/missing\nvoid 0;\nfunction wait(): void {}\n`,
    );
    const results = await runSuite(directory, plugin);
    const text = renderText(results, 'suite');
    expect(text).toContain('missed       suite/a-rule/one/src/main.ts:4 missing');
    expect(text).toContain('false alarm  suite/a-rule/one/src/main.ts:2 missing where the label is: ok (on purpose)');
    expect(belowFloors(results, { 'a-rule': { typed: { precision: 0.9, recall: 0.5 } } })).toEqual([
      'a-rule, typed: precision is 50.0 %, the floor is 90.0 %',
    ]);
  });

  it('that does not parse is an error with its place', async () => {
    fs.writeFileSync(path.join(directory, 'a-rule/one/src/main.ts'), 'wait(;\n');
    await expect(runSuite(directory, plugin)).rejects.toThrow(/a-rule\/one\/src\/main\.ts:1: /u);
  });
});

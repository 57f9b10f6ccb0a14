import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { generatedFiles } from '../scripts/generate-settings.js';
import { settingsSchema } from '../scripts/settings-schema.js';
import {
  defaultSettings,
  findSettingsFile,
  loadSettingsFile,
  matchesPattern,
  resolveSettings,
  SettingsError,
  type PartialSettings,
} from '../src/settings.js';
import { check } from '../src/settings/check.js';
import { settingsShape } from '../src/settings/shape.js';

/** A settings file in which every key, and every form of a key, occurs. */
const full = {
  timeoutMs: 3000,
  maxTimeoutMs: 45_000,
  maxDefaultMs: 20_000,
  maxWaitMs: 30_000,
  maxAttempts: 6,
  concurrency: 4,
  budgets: [{ match: '*.internal', timeoutMs: 800 }],
  fix: 'suggest',
  clients: [
    {
      from: { from: 'file', name: 'HttpClient', path: 'src/http.ts' },
      operations: [{ name: 'get', options: 1, effect: 'read' }, { name: 'send' }],
      timeout: { option: 'limits.total', unit: 's' },
      signal: 'signal',
      default: 30_000,
    },
    { from: { from: 'package', name: ['A', 'B'], package: '@acme/api' }, operations: [{ name: '()' }], default: null },
  ],
  retryWrappers: [{ from: 'withRetries', operation: 0, attempts: 3, backoff: true, jitter: false }],
  guards: [{ from: { from: 'lib', name: 'Guard' }, operation: 1 }],
  policy: { module: '@acme/policies', export: 'policies' },
  onFailure: { module: '@acme/telemetry', export: 'reportFailure' },
  downstreams: [{ name: 'payments', match: 'pay.example.com', critical: true, runbook: 'https://runbooks/payments' }],
  ignore: ['localhost', { from: 'file', name: 'InMemoryQueue' }],
} satisfies PartialSettings;

let root: string;
beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-settings-')));
  fs.mkdirSync(path.join(root, '.git'));
});
afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

/** Writes a settings file; gives its path. */
function write(directory: string, content: unknown): string {
  const file = path.join(root, directory, 'resilience.config.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

const inRoot = (file: string): string => path.join(root, file);

function errorOf(run: () => unknown): SettingsError {
  try {
    run();
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('It does not throw');
}

describe('which file counts', () => {
  it('is none: the defaults', () => {
    expect(resolveSettings(inRoot('src/a.ts'), undefined)).toBe(defaultSettings);
  });

  it('is the nearest one, not merged with those further up', () => {
    write('.', { timeoutMs: 1000, concurrency: 2 });
    write('packages/api', { timeoutMs: 2000 });
    const settings = resolveSettings(inRoot('packages/api/src/deep/a.ts'), undefined);
    expect(settings).toEqual({ ...defaultSettings, timeoutMs: 2000 });
    expect(resolveSettings(inRoot('packages/web/a.ts'), undefined)).toMatchObject({ timeoutMs: 1000, concurrency: 2 });
  });

  it('is never one above the root of the repository, whether .git is a directory or a file', () => {
    write('.', { timeoutMs: 1000 });
    fs.mkdirSync(inRoot('nested/src'), { recursive: true });
    fs.writeFileSync(inRoot('nested/.git'), 'gitdir: ../.git/modules/nested\n');
    expect(findSettingsFile(inRoot('nested/src/a.ts'))).toBeUndefined();
    const file = write('nested', { timeoutMs: 2000 });
    expect(findSettingsFile(inRoot('nested/src/a.ts'))).toBe(file);
  });

  it('is that of the directory for a file that is not on disk, such as a block of a Markdown file', () => {
    write('.', { timeoutMs: 1000 });
    fs.writeFileSync(inRoot('page.md'), '');
    expect(resolveSettings(inRoot('page.md/0.ts'), undefined).timeoutMs).toBe(1000);
    expect(resolveSettings(inRoot('absent/<input>'), undefined).timeoutMs).toBe(1000);
  });
});

describe('merging', () => {
  it("puts ESLint's settings over the file, key by key", () => {
    write('.', { timeoutMs: 1000, concurrency: 2, budgets: [{ match: 'a', timeoutMs: 1 }] });
    const fromEslint = { timeoutMs: 2000, budgets: [{ match: 'b', timeoutMs: 2 }] };
    expect(resolveSettings(inRoot('a.ts'), fromEslint)).toEqual({ ...defaultSettings, concurrency: 2, ...fromEslint });
  });

  it('lets ESLint take a setting of the file away', () => {
    write('.', { policy: { module: 'x', export: 'y' } });
    expect(resolveSettings(inRoot('a.ts'), { policy: null }).policy).toBeNull();
  });

  it('takes undefined as absent, as configurations in JavaScript do', () => {
    write('.', { timeoutMs: 1000 });
    expect(resolveSettings(inRoot('a.ts'), { timeoutMs: undefined }).timeoutMs).toBe(1000);
  });

  it('does not take the $schema over', () => {
    write('.', { $schema: './schema.json', timeoutMs: 1000 });
    expect(resolveSettings(inRoot('a.ts'), undefined)).toEqual({ ...defaultSettings, timeoutMs: 1000 });
  });
});

describe('relative paths', () => {
  it('of a file are meant from its directory', () => {
    const file = write('config', {
      policy: { module: './src/policies.js', export: 'policies' },
      onFailure: { module: '../telemetry.js', export: 'report' },
      ignore: [{ from: 'file', name: 'Queue', path: 'src/queue.ts' }],
    });
    expect(loadSettingsFile(file)).toEqual({
      policy: { module: inRoot('config/src/policies.js'), export: 'policies' },
      onFailure: { module: inRoot('telemetry.js'), export: 'report' },
      ignore: [{ from: 'file', name: 'Queue', path: inRoot('config/src/queue.ts') }],
    });
  });

  it.each(['@acme/policies', '#policies', '@/policies', 'policies.js', '.hidden'])('leave %s as it is', (module) => {
    expect(loadSettingsFile(write('.', { policy: { module, export: 'x' } })).policy).toEqual({ module, export: 'x' });
  });
});

describe('memory', () => {
  it('gives the same frozen object for the same settings', () => {
    write('.', full);
    const first = resolveSettings(inRoot('a.ts'), { fix: 'off', timeoutMs: 7 });
    expect(resolveSettings(inRoot('src/b.ts'), { timeoutMs: 7, fix: 'off' })).toBe(first);
    expect(resolveSettings(inRoot('a.ts'), undefined)).not.toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
    expect(Object.isFrozen(first.clients[0]?.operations[0])).toBe(true);
    expect(Object.isFrozen(first.ignore)).toBe(true);
  });

  it('does not freeze or keep what it was given', () => {
    const given = { budgets: [{ match: 'a', timeoutMs: 1 }] };
    const before = resolveSettings(inRoot('a.ts'), given);
    given.budgets[0]!.timeoutMs = 2;
    expect(before.budgets[0]?.timeoutMs).toBe(1);
    expect(resolveSettings(inRoot('a.ts'), given).budgets[0]?.timeoutMs).toBe(2);
  });

  it('sees an edit at once, even one of the same size in the same moment', () => {
    for (const timeoutMs of [1000, 2000, 3000, 4000]) {
      write('.', { timeoutMs });
      expect(resolveSettings(inRoot('a.ts'), undefined).timeoutMs).toBe(timeoutMs);
    }
  });

  it('sees an edit of a file that it has known for long', () => {
    const file = write('.', { timeoutMs: 1000 });
    fs.utimesSync(file, 1, 1);
    const before = resolveSettings(inRoot('a.ts'), undefined);
    expect(resolveSettings(inRoot('a.ts'), undefined)).toBe(before);
    write('.', { timeoutMs: 2000 });
    expect(resolveSettings(inRoot('a.ts'), undefined).timeoutMs).toBe(2000);
  });

  it('sees a file that appears nearer, and one that goes', () => {
    write('.', { timeoutMs: 1000 });
    expect(resolveSettings(inRoot('src/a.ts'), undefined).timeoutMs).toBe(1000);
    const nearer = write('src', { timeoutMs: 2000 });
    expect(resolveSettings(inRoot('src/a.ts'), undefined).timeoutMs).toBe(2000);
    fs.rmSync(nearer);
    expect(resolveSettings(inRoot('src/a.ts'), undefined).timeoutMs).toBe(1000);
  });

  it('sees a broken file repaired', () => {
    write('.', { timeoutMs: 0 });
    expect(() => resolveSettings(inRoot('a.ts'), undefined)).toThrow(SettingsError);
    expect(() => resolveSettings(inRoot('a.ts'), undefined)).toThrow(SettingsError);
    write('.', { timeoutMs: 1 });
    expect(resolveSettings(inRoot('a.ts'), undefined).timeoutMs).toBe(1);
  });
});

describe('the text of the file', () => {
  it('may begin with a byte order mark', () => {
    expect(loadSettingsFile(write('.', '\ufeff{ "timeoutMs": 1000 }'))).toEqual({ timeoutMs: 1000 });
  });

  it.each([
    ['is empty', ' \n', 'is not JSON: it is empty'],
    ['ends early', '{\n  "timeoutMs": 5000', /is not JSON: .+ at line 2, column 20$/u],
    ['has a comma too many', '{\n  "fix": "off",\n}', /is not JSON: .+ at line 3, column 1$/u],
    ['has comments', '{\n  // five seconds\n  "timeoutMs": 5000\n}', /is not JSON: .+\(it cannot hold comments\)$/u],
    ['is no object', '[]', 'must be an object, not an empty list'],
    ['is not UTF-8', Buffer.from([0xff, 0xfe, 0x7b, 0x00]), 'must be UTF-8 text'],
  ])('%s', (_name, content, message) => {
    const error = errorOf(() => loadSettingsFile(write('.', content)));
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]).toEqual({
      path: '',
      message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
    });
    expect(error.message).not.toContain('\n');
  });

  it('must be there', () => {
    expect(() => loadSettingsFile(inRoot('no.json'))).toThrow(/no\.json: cannot be read: there is no such file$/u);
    fs.mkdirSync(inRoot('resilience.config.json'));
    expect(() => resolveSettings(inRoot('a.ts'), undefined)).toThrow(/cannot be read: it is a directory$/u);
  });
});

describe('a wrong setting', () => {
  const integer = 'an integer from 1 to 2147483647 (milliseconds)';
  it.each<[string, unknown, string]>([
    ['a unit that is not taken', { timeoutMs: '5s' }, `"timeoutMs" must be ${integer}, not "5s"`],
    ['a value that means no limit elsewhere', { timeoutMs: 0 }, `"timeoutMs" must be ${integer}, not 0`],
    ['more than a timer can hold', { maxWaitMs: 2 ** 31 }, `"maxWaitMs" must be ${integer}, not 2147483648`],
    ['a number that JSON cannot hold', { timeoutMs: NaN }, `"timeoutMs" must be ${integer}, not NaN`],
    ['a slip in a key', { maxTimeoutMS: 5 }, '"maxTimeoutMS" is unknown; did you mean "maxTimeoutMs"?'],
    ['a key without its unit', { timeout: 5 }, '"timeout" is unknown; did you mean "timeoutMs"?'],
    ['one for many', { budget: [] }, '"budget" is unknown; did you mean "budgets"?'],
    ['a key like no other', { verbose: true }, '"verbose" is unknown; the keys are timeoutMs, maxTimeoutMs,'],
    ['a key of the language', JSON.parse('{ "__proto__": {} }'), '"__proto__" is unknown; the keys are'],
    ['an inherited name', { constructor: 1 }, '"constructor" is unknown; the keys are'],
    ['a key that is no name', { 'a b': 1 }, '"["a b"]" is unknown; the keys are'],
    [
      'a slip in a choice',
      { fix: 'sugest' },
      '"fix" must be "auto", "suggest" or "off", not "sugest" (did you mean "suggest"?)',
    ],
    ['a missing key', { budgets: [{ match: 'a' }] }, `"budgets[0].timeoutMs" is missing: it must be ${integer}`],
    [
      'an unknown key inside',
      { guards: [{ from: 'g', operation: 0, name: 'g' }] },
      '"guards[0].name" is unknown; the keys are from and operation',
    ],
    [
      'an object for a list',
      { guards: {} },
      '"guards" must be a list, each an object with "from" and "operation", not an object',
    ],
    [
      'no operation',
      { clients: [{ from: 'C', operations: [] }] },
      '"clients[0].operations" must be a list with at least one item',
    ],
    [
      'an unknown effect',
      { clients: [{ from: 'C', operations: [{ name: 'a', effect: 'write' }] }] },
      '"clients[0].operations[0].effect" must be "read", ',
    ],
    [
      'an unknown kind of specifier',
      { ignore: [{ from: 'pkg', name: 'x' }] },
      '"ignore[0].from" must be "file", "lib" or "package", not "pkg"',
    ],
    [
      'a specifier without a kind',
      { ignore: [{ name: 'x' }] },
      '"ignore[0].from" is missing: it must be "file", "lib" or "package"',
    ],
    [
      'a specifier of another kind',
      { ignore: [{ from: 'lib', name: 'x', package: 'y' }] },
      '"ignore[0].package" is unknown',
    ],
    ['no name', { ignore: [{ from: 'lib', name: [] }] }, '"ignore[0].name" must be a list with at least one item'],
    [
      'a function',
      { onFailure: () => 1 },
      '"onFailure" must be an object with "module" and "export" or null, not a function',
    ],
    ['null where there is no null', { budgets: null }, '"budgets" must be a list'],
    ['something else altogether', 'auto', 'must be an object, not "auto"'],
    ['null', null, 'must be an object, not null'],
  ])('%s', (_name, settings, message) => {
    const error = errorOf(() => resolveSettings(inRoot('a.ts'), settings));
    expect(error.message.startsWith(`settings.resilience: ${message}`), error.message).toBe(true);
    expect(error.source).toBe('settings.resilience');
    expect(error.message).not.toContain('\n');
  });

  it('is one error for all of them, which tells the first', () => {
    const error = errorOf(() => resolveSettings(inRoot('a.ts'), { timeoutMs: 0, fix: 'no', policy: {} }));
    expect(error.message).toMatch(/^settings\.resilience: "timeoutMs" .+ \(and 3 more problems\)$/u);
    expect(error.problems.map((problem) => problem.path)).toEqual([
      'timeoutMs',
      'fix',
      'policy.module',
      'policy.export',
    ]);
  });

  it('names the file that it stands in', () => {
    const file = write('packages/api', { concurrency: 'many' });
    const error = errorOf(() => resolveSettings(inRoot('packages/api/src/a.ts'), undefined));
    expect(error.source).toBe(file);
    expect(error.message).toBe(`${file}: "concurrency" must be an integer from 1 to 1000000, not "many"`);
  });

  it('of a file is told even where ESLint has a value for the same key', () => {
    write('.', { timeoutMs: 0 });
    expect(() => resolveSettings(inRoot('a.ts'), { timeoutMs: 1 })).toThrow(/"timeoutMs" must be/u);
  });

  it('is shown by ESLint without a stack, and again for the next file', async () => {
    write('.', { timeoutMs: 0 });
    const rule = {
      create(context: { filename: string; settings: Record<string, unknown> }) {
        resolveSettings(context.filename, context.settings['resilience']);
        return {};
      },
    };
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: { plugins: { own: { rules: { rule } } }, rules: { 'own/rule': 'error' } },
    });
    for (const name of ['a.js', 'b.js']) {
      const error = await eslint.lintText('', { filePath: inRoot(name) }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      // ESLint adds the file and the rule to the message, and prints the stack.
      expect(error).toBeInstanceOf(SettingsError);
      const { message, stack } = error as SettingsError;
      expect(message.match(/Occurred while linting/gu)).toHaveLength(1);
      expect(message).toContain('"timeoutMs" must be');
      expect(stack).toMatch(/^SettingsError: .+ not 0$/u);
    }
  });
});

describe('the published schema', () => {
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(settingsSchema());

  it.each(['schema/resilience.config.schema.json', 'docs/configuration.md'])('%s is up to date', async (file) => {
    const generated = (await generatedFiles()).find((item) => item.file === file);
    expect(fs.readFileSync(path.join(import.meta.dirname, '..', file), 'utf8')).toBe(generated?.text);
  });

  it('has a key, and a default, for every setting', () => {
    const { properties } = settingsSchema() as { properties: Record<string, { default?: unknown }> };
    const defaults = Object.entries(properties)
      .filter(([name]) => name !== '$schema')
      .map(([name, schema]) => [name, schema.default ?? null]);
    expect(Object.fromEntries(defaults)).toEqual(defaultSettings);
  });

  it('takes the defaults and the full example, as the plugin does', () => {
    for (const good of [{}, defaultSettings, full]) {
      expect(validate(good), JSON.stringify(validate.errors)).toBe(true);
      expect(check(settingsShape, good).problems).toEqual([]);
      expect(check(settingsShape, good).value).toEqual(good);
    }
  });

  it('agrees with the plugin on each small change of the full example', () => {
    const disagreements: string[] = [];
    let accepted = 0;
    const changed = [...changes(full)];
    for (const { what, value } of changed) {
      const ours = check(settingsShape, value).problems.length === 0;
      if (ours) accepted++;
      if (ours !== validate(value))
        disagreements.push(`${what}: ${ours ? 'only the plugin takes it' : 'only the schema takes it'}`);
    }
    expect(disagreements).toEqual([]);
    expect(accepted).toBeGreaterThan(50);
    expect(changed.length - accepted).toBeGreaterThan(500);
  });
});

/** Everything that comes of `value` by dropping, adding or replacing one thing in it. */
function* changes(value: unknown, at = ''): Generator<{ what: string; value: unknown }> {
  const others = [
    null,
    true,
    0,
    1,
    -1,
    1.5,
    2 ** 31 - 1,
    2 ** 31,
    '',
    'x',
    'auto',
    'read',
    'file',
    's',
    [],
    ['x'],
    [''],
    [0],
    {},
    { from: 'lib' },
  ];
  for (const other of others) yield { what: `${at} = ${JSON.stringify(other)}`, value: other };
  if (typeof value !== 'object' || value === null) return;
  const copy = (edit: (draft: Record<string, unknown>) => void): unknown => {
    const draft = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    edit(draft);
    return draft;
  };
  if (!Array.isArray(value)) yield { what: `${at}.extra`, value: { ...value, extra: 1 } };
  for (const [key, member] of Object.entries(value)) {
    if (!Array.isArray(value)) {
      const { [key as never]: _dropped, ...rest } = value;
      yield { what: `${at}.${key} dropped`, value: rest };
    }
    for (const change of changes(member, `${at}.${key}`)) {
      yield { what: change.what, value: copy((draft) => void (draft[key] = change.value)) };
    }
  }
}

describe('matchesPattern', () => {
  it.each([
    ['payments', 'payments', true],
    ['payments', 'payments-eu', false],
    ['Payments.Example.com', 'payments.example.COM', true],
    ['*.example.com', 'a.b.example.com', true],
    ['*.example.com', 'example.com', false],
    ['my-host.*.internal', 'my-host.eu.internal', true],
    ['a.b', 'axb', false],
    ['pg.Pool', 'pg.Pool', true],
    ['(x)+[y]{1}^$|/\\?', '(x)+[y]{1}^$|/\\?', true],
    ['**', 'anything', true],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(matchesPattern(pattern, name)).toBe(expected);
  });
});

it('a settings file in TypeScript has the types of the settings', () => {
  expectTypeOf(full).toExtend<PartialSettings>();
  expectTypeOf(resolveSettings('', undefined).fix).toEqualTypeOf<'auto' | 'suggest' | 'off'>();
});

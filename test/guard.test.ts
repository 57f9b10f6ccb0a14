/** One name, five places: the rule, its page, its test, the plugin's key, the URL. And presets that keep to the metadata. */
import fs from 'node:fs';
import path from 'node:path';
import type { JSONSchema4ObjectSchema } from '@typescript-eslint/utils/json-schema';
import { describe, expect, it } from 'vitest';
import { testFiles } from '../src/settings/tests.js';
import { docsUrl, type Rule } from '../src/define-rule.js';
import plugin from '../src/plugin.js';

type AnyRule = Rule<object, string>;

const rules = plugin.rules as unknown as Readonly<Record<string, AnyRule>>;
const names = Object.keys(rules).sort();

/** The base names of the files of a directory that end in `suffix`. */
function filesIn(directory: string, suffix: string, except: readonly string[] = []): string[] {
  return fs
    .readdirSync(path.join(import.meta.dirname, '..', directory))
    .filter((name) => name.endsWith(suffix) && !except.includes(name))
    .map((name) => name.slice(0, -suffix.length))
    .sort();
}

describe('every rule', () => {
  it('has a file, and every file a rule', () => {
    expect(filesIn('rules', '.ts', ['index.ts'])).toEqual(names);
  });

  it('has a page, and every page a rule', () => {
    expect(filesIn('docs/rules', '.md')).toEqual(names);
  });

  it('has a test, and every test a rule', () => {
    expect(filesIn('test/rules', '.test.ts')).toEqual(names);
  });

  it.each(names)('%s has its name, and the URL of its page', (name) => {
    expect(rules[name]?.name).toBe(name);
    expect(rules[name]?.meta.docs?.url).toBe(docsUrl(name));
    expect(docsUrl(name)).toMatch(new RegExp(`/docs/rules/${name}\\.md$`, 'u'));
  });

  it.each(names)('%s can mend what it reports, and describes all of its options', (name) => {
    const { meta } = rules[name]!;
    expect(meta.fixable).toBe('code');
    expect(meta.hasSuggestions).toBe(true);
    const [schema] = meta.schema as readonly JSONSchema4ObjectSchema[];
    expect(schema?.additionalProperties).toBe(false);
    for (const [option, { description }] of Object.entries(schema?.properties ?? {})) {
      expect(description, option).toBeTruthy();
    }
    expect(Object.keys(meta.defaultOptions?.[0] ?? {}).sort()).toEqual(Object.keys(schema?.properties ?? {}).sort());
  });
});

describe('the preset', () => {
  const on = (preset: 'recommended' | 'strict'): unknown => plugin.configs[preset][0]?.rules;

  it('recommended is the rules that say so, with their defaults', () => {
    const expected = names.filter((name) => rules[name]?.meta.docs?.recommended === 'recommended');
    expect(on('recommended')).toEqual(Object.fromEntries(expected.map((name) => [`resilience/${name}`, 'error'])));
  });

  it('strict is all rules, with their strict options', () => {
    const entries = names.map((name) => {
      const options = rules[name]?.meta.docs?.strictOptions;
      return [`resilience/${name}`, options ? ['error', options] : 'error'];
    });
    expect(on('strict')).toEqual(Object.fromEntries(entries));
  });

  it.each(names)('strict makes %s look harder, in options that it has', (name) => {
    const { docs, defaultOptions } = rules[name]!.meta;
    for (const [option, value] of Object.entries(docs?.strictOptions ?? {})) {
      const [defaults] = defaultOptions as readonly Record<string, unknown>[];
      expect(defaults).toHaveProperty(option);
      expect(defaults?.[option]).not.toEqual(value);
    }
  });

  it.each(['recommended', 'strict'] as const)('%s switches its rules off in tests, and sets no parser', (preset) => {
    const [first, tests, ...others] = plugin.configs[preset];
    expect(others).toEqual([]);
    expect(tests?.files).toEqual(testFiles);
    expect(tests?.rules).toEqual(Object.fromEntries(Object.keys(first?.rules ?? {}).map((id) => [id, 'off'])));
    const page = fs.readFileSync(path.join(import.meta.dirname, '../docs/configuration.md'), 'utf8');
    for (const glob of testFiles) expect(page).toContain(glob);
    expect(first?.languageOptions ?? tests?.languageOptions).toBeUndefined();
  });
});

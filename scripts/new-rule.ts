/**
 * `npm run new-rule <name>`: begins a rule. It writes the rule, its page, its test and a labelled project, all of which work and
 * report every downstream call, adds the rule to the plugin, and overwrites nothing.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { runScaffold, UsageError, writeNew } from './scaffold.js';

const root = path.join(import.meta.dirname, '..');

/** `no-dual-write` as a variable: `noDualWrite`. */
const variableOf = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `no-dual-write` as the first words of a description: `disallow dual write`. */
const describe = (name: string): string => {
  const [verb = '', ...words] = name.split('-');
  return [{ no: 'disallow', require: 'require' }[verb] ?? `require ${verb}`, ...words].join(' ');
};

function rule(name: string): string {
  return `/**
 * What happens in production without this rule, as somebody would tell it afterwards.
 */
import type { Facts } from '../src/analysis/analyze.js';
import type { DownstreamCall } from '../src/analysis/calls.js';
import { downstreamOfCall } from '../src/analysis/downstreams.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report calls of which nothing can be known. */
  reportUnknown: boolean;
}

type MessageId = 'problem' | 'unknown';

export default defineRule<Options, MessageId>({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: {
      description: '${describe(name)}',
      recommended: 'strict',
      strictOptions: { reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      problem: 'A full sentence that names {{client}} and {{downstream}}, what happens, and the remedy.',
      unknown: 'Why it cannot be known whether this call of {{client}} is right.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          reportUnknown: { type: 'boolean', description: 'Whether to report calls of which nothing can be known.' },
        },
      },
    ],
    defaultOptions: [{ reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        for (const call of facts.calls) {
          const messageId = problemOf(call);
          if (messageId === null || (messageId === 'unknown' && !options.reportUnknown)) continue;
          describe(facts, call, messageId, context);
        }
      },
    };
  },
});

/** What is wrong with a call, or \`null\`. For a start every call is. */
function problemOf(call: DownstreamCall): MessageId | null {
  return call.node.range[1] > 0 ? 'problem' : null;
}

function describe(facts: Facts, call: DownstreamCall, messageId: MessageId, context: Context<MessageId, Options>): void {
  const client = call.client.library.name;
  const downstream = downstreamOfCall(facts.evaluator, call);
  const data = { client, downstream: downstream ?? 'the other side' };
  report(context, { node: call.node, messageId, data, ...mendsOf(facts, []) }, { client, downstream });
}
`;
}

function page(name: string): string {
  return `# resilience/${name}

<!-- end auto-generated rule header -->

What the rule asks for, in one line and other words than the header.

## What can go wrong

An incident, as it would be told afterwards.

## Examples

**Incorrect**

<!-- reports: problem -->

\`\`\`ts
export const load = (url: string): Promise<Response> => fetch(url);
\`\`\`

**Correct**

\`\`\`ts
export const load = (url: string): Promise<string> => Promise.resolve(url);
\`\`\`

## Options

<!-- begin auto-generated rule options list -->

<!-- end auto-generated rule options list -->

## What the fix changes

At run time, for a call that fails and for one that does not.

## Known limits

What the rule does not see.

## When not to use it

When the fault cannot happen.

## Related

- [require-timeout](require-timeout.md)
`;
}

function test(name: string): string {
  return `import rule from '../../rules/${name}.js';
import { ruleTester } from '../support/rule-tester.js';

ruleTester(rule).run({
  valid: [{ name: 'no call', code: 'export const load = (url: string) => Promise.resolve(url);' }],
  invalid: [
    {
      name: 'a call',
      code: 'export const load = (url: string) => fetch(url);',
      errors: [{ messageId: 'problem', on: 'fetch(url)', message: 'fetch' }],
    },
  ],
});
`;
}

function labelled(name: string): string {
  return `export const load = (url: string): Promise<Response> =>
  // unknown: ${name}/problem
  fetch(url);

// ok: ${name} -- nothing is called
export const local = (url: string): Promise<string> => Promise.resolve(url);
`;
}

/** The list of rules with one more, both parts in the order of names. */
export function withRule(index: string, name: string): string {
  const lines = index.split('\n');
  const insert = (line: string, like: RegExp): void => {
    const at = lines.findLastIndex((other) => like.test(other) && other < line);
    const first = lines.findIndex((other) => like.test(other));
    if (first < 0) throw new Error('rules/index.ts has no list of rules');
    lines.splice(at < 0 ? first : at + 1, 0, line);
  };
  insert(`import ${variableOf(name)} from './${name}.js';`, /^import /);
  insert(`  '${name}': ${variableOf(name)},`, /^ {2}'/);
  return lines.join('\n');
}

/** The suite's tsconfig with the folder of one more rule. */
export function withFolder(tsconfig: string, name: string): string {
  return tsconfig.replace(/("include": \[)/, `$1\n    "${name}",`);
}

/** Writes the files. Throws a `UsageError` before anything is written when the name is wrong or a file is there. */
export async function scaffold(directory: string, args: readonly string[]): Promise<readonly string[]> {
  const [name] = args;
  if (name === undefined || args.length > 1 || !/^[a-z]+(?:-[a-z]+)+$/.test(name)) {
    throw new UsageError('Usage: npm run new-rule <name>, in kebab case, such as no-dual-write');
  }
  const read = (file: string): Promise<string> => fs.readFile(path.join(directory, file), 'utf8');
  const [index, tsconfig] = ['rules/index.ts', 'test/accuracy/tsconfig.json'] as const;
  return writeNew(
    directory,
    [
      [`rules/${name}.ts`, rule(name)],
      [`docs/rules/${name}.md`, page(name)],
      [`test/rules/${name}.test.ts`, test(name)],
      [`test/accuracy/${name}/service/src/service.ts`, labelled(name)],
      [
        `test/accuracy/${name}/service/package.json`,
        `${JSON.stringify({ name: 'service', private: true, type: 'module', engines: { node: '>=20' } }, null, 2)}\n`,
      ],
    ],
    [
      [index, withRule(await read(index), name)],
      [tsconfig, withFolder(await read(tsconfig), name)],
    ],
  );
}

if (process.argv[1] === import.meta.filename) {
  const args = process.argv.slice(2);
  process.exitCode = await runScaffold(
    () => scaffold(root, args),
    `npm run docs, npx vitest run --project unit test/rules/${args[0] ?? ''}.test.ts, then make it a rule: docs/contributing.md.`,
  );
}

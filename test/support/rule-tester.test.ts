/** The shared tester, tried on a toy rule that can be told to do each thing wrong that the tester is there to catch. */
import { AssertionError } from 'node:assert';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineRule } from '../../src/define-rule.js';
import { CaseProject, type InvalidCase, type Mode } from './case-project.js';
import { ruleTester } from './rule-tester.js';

interface Options {
  readonly fix: 'good' | 'noComments' | 'wrongType' | 'unstable' | 'useless' | 'none';
  readonly suggest: 'none' | 'good' | 'useless' | 'wrongType';
}
type MessageId = 'missing' | 'insert';

/** Reports calls of axios' `get` with one argument: by type, or by the name of an import. */
const toy = defineRule<Options, MessageId>({
  name: 'toy',
  meta: {
    type: 'problem',
    docs: { description: 'require a second argument', recommended: 'recommended', requiresTypeChecking: false },
    fixable: 'code',
    hasSuggestions: true,
    messages: { missing: '{{ client }} waits for ever.', insert: 'Insert a limit.' },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: { fix: { type: 'string' }, suggest: { type: 'string' } },
      },
    ],
    defaultOptions: [{ fix: 'good', suggest: 'none' }],
  },
  create(context, options) {
    const services = context.sourceCode.parserServices;
    const isClient = (node: TSESTree.Expression): boolean => {
      if (services?.program && services.esTreeNodeToTSNodeMap) {
        const type = services.program.getTypeChecker().getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(node));
        const symbol = type.getSymbol();
        return symbol?.name === 'AxiosInstance' || symbol?.name === 'AxiosStatic';
      }
      return node.type === 'Identifier' && node.name === 'axios';
    };
    const edit = (node: TSESTree.CallExpression, how: string) => (fixer: TSESLint.RuleFixer) => {
      const argument = node.arguments[0]!;
      const text = context.sourceCode.getText(argument);
      switch (how) {
        case 'noComments':
          return fixer.replaceTextRange([node.callee.range[1], node.range[1]], `(${text}, { timeout: 5000 })`);
        case 'wrongType':
          return fixer.insertTextAfter(argument, `, { timeout: 'soon' }`);
        case 'unstable':
          return fixer.insertTextAfter(argument, ` + ''`);
        case 'useless':
          return fixer.insertTextBefore(node, 'axios && ');
        default:
          return fixer.insertTextAfter(argument, ', { timeout: 5000 }');
      }
    };
    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== 'MemberExpression' || node.arguments.length !== 1 || !isClient(callee.object)) return;
        // A fix that is made once only, so that `useless` is stable.
        const done = options.fix === 'useless' && context.sourceCode.text.includes('axios && ');
        context.report({
          node: callee,
          messageId: 'missing',
          data: { client: 'axios' },
          fix: options.fix === 'none' || done ? null : edit(node, options.fix),
          suggest: options.suggest === 'none' ? [] : [{ messageId: 'insert', fix: edit(node, options.suggest) }],
        });
      },
    };
  },
});

const code = `import axios from 'axios';
export const read = () => axios.get('https://a.test' /* the host */);
`;
const output = `import axios from 'axios';
export const read = () => axios.get('https://a.test', { timeout: 5000 } /* the host */);
`;
const errors = [{ messageId: 'missing', on: 'axios.get', message: 'axios waits', line: 2 }] as const;

ruleTester(toy).run({
  valid: [
    { name: 'a second argument', code: output },
    {
      name: 'a local object that is only called axios',
      typed: 'typed',
      code: `const axios = { get(_: string) {} };\naxios.get('a');`,
    },
    {
      name: 'another file decides',
      code: `import { http } from './http.js';\nvoid http.get('a');`,
      typed: 'untyped',
      files: { 'http.ts': `import axios from 'axios';\nexport const http = axios.create();` },
    },
    { name: 'JavaScript', filename: 'case.cjs', code: `const axios = require('axios');\naxios.get('a', {});` },
  ],
  invalid: [
    { name: 'a bare call', code, errors, output },
    {
      name: 'an instance from another file, seen by its type',
      typed: 'typed-only',
      code: `import { http } from './http.js';\nvoid http.get('a');\n`,
      files: { 'http.ts': `import axios from 'axios';\nexport const http = axios.create();\n` },
      errors: [{ messageId: 'missing', on: 'http.get' }],
      output: `import { http } from './http.js';\nvoid http.get('a', { timeout: 5000 });\n`,
    },
    {
      name: 'a suggestion',
      code,
      options: { fix: 'none', suggest: 'good' },
      errors: [{ ...errors[0], suggestions: [{ messageId: 'insert', output }] }],
    },
    {
      name: 'one place fixed, the same text elsewhere fixed too',
      code: `import axios from 'axios';\nvoid axios.get('a');\nvoid axios.get('b');\n`,
      errors: [
        { messageId: 'missing', line: 2 },
        { messageId: 'missing', line: 3 },
      ],
      output: `import axios from 'axios';\nvoid axios.get('a', { timeout: 5000 });\nvoid axios.get('b', { timeout: 5000 });\n`,
    },
    {
      name: 'compiler options of its own',
      code,
      compilerOptions: { lib: ['ES2023', 'DOM'] },
      errors,
      output,
    },
    {
      name: 'JSX',
      filename: 'case.jsx',
      code: `${code}export const view = <p />;\n`,
      errors,
      output: `${output}export const view = <p />;\n`,
    },
  ],
});

describe('what the tester catches', () => {
  let project: CaseProject | undefined;
  afterEach(() => project?.dispose());

  const verify = (item: Omit<InvalidCase<Options, MessageId>, 'name'>, mode: Mode = 'typed') => {
    const named = { name: 'case', ...item };
    project = new CaseProject(toy, [named]);
    return () => project!.verify(named, mode);
  };
  const call = (argumentsText: string) => code.replace(`'https://a.test' /* the host */`, argumentsText);

  it('a fix that loses a comment', () => {
    const options = { fix: 'noComments' } as const;
    const bad = call(`'https://a.test', { timeout: 5000 }`);
    expect(verify({ code, options, errors, output: bad })).toThrow(/output loses comments/u);
  });

  it('a fix that does not type-check, without types in the lint too', () => {
    const item = {
      code: call(`'a'`),
      options: { fix: 'wrongType' },
      errors,
      output: call(`'a', { timeout: 'soon' }`),
    } as const;
    expect(verify(item)).toThrow(/output does not type-check[^]*TS2322/u);
    project?.dispose();
    expect(verify(item, 'untyped')).toThrow(/output does not type-check/u);
  });

  it('a fix that changes the code again', () => {
    const item = { code: call(`'a'`), options: { fix: 'unstable' }, errors, output: call(`'a' + ''`) } as const;
    expect(verify(item)).toThrow(/not stable/u);
  });

  it('a fix that leaves the problem', () => {
    const item = { code: call(`'a'`), options: { fix: 'useless' }, errors } as const;
    const bad = item.code.replace('axios.get', 'axios && axios.get');
    expect(verify({ ...item, output: bad })).toThrow(/leaves the problem/u);
  });

  it('a suggestion that leaves the problem', () => {
    const options = { fix: 'none', suggest: 'useless' } as const;
    const suggestion = {
      messageId: 'insert',
      output: call(`'a'`).replace('axios.get', 'axios && axios.get'),
    } as const;
    const expected = [{ ...errors[0], suggestions: [suggestion] }];
    expect(verify({ code: call(`'a'`), options, errors: expected })).toThrow(/suggestions\[0\] leaves the problem/u);
  });

  it('a suggestion that does not type-check', () => {
    const suggestion = { messageId: 'insert', output: call(`'a', { timeout: 'soon' }`) } as const;
    const options = { fix: 'none', suggest: 'wrongType' } as const;
    const expected = [{ ...errors[0], suggestions: [suggestion] }];
    expect(verify({ code: call(`'a'`), options, errors: expected })).toThrow(/does not type-check/u);
  });

  it('suggestions that the case does not list', () => {
    expect(verify({ code, options: { fix: 'none', suggest: 'good' }, errors })).toThrow(AssertionError);
  });

  it('a report on another node, a message that says something else', () => {
    expect(verify({ code, output, errors: [{ messageId: 'missing', on: 'axios' }] })).toThrow(/another node/u);
    project?.dispose();
    expect(verify({ code, output, errors: [{ messageId: 'missing', message: 'got' }] })).toThrow(/says: axios waits/u);
  });

  it('a report that the case does not expect, and one that is missing', () => {
    project = new CaseProject(toy, [{ name: 'case', code }]);
    expect(() => project!.verify({ name: 'case', code }, 'typed')).toThrow(/not of this project/u);
    project.dispose();
    const valid = { name: 'case', code };
    project = new CaseProject(toy, [valid]);
    expect(() => project!.verify(valid, 'typed')).toThrow(/Should have no errors/u);
    project.dispose();
    expect(verify({ code: output, errors, output: code })).toThrow(/Should have 1 error/u);
  });

  it('a module that does not resolve', () => {
    const item = { code: code.replace("'axios'", "'axos'"), errors } as const;
    expect(verify(item)).toThrow(/do not resolve[^]*TS2307/u);
  });

  it('a report without types where the case says that there is none', () => {
    expect(verify({ code, errors, output, typed: 'typed-only' }, 'untyped')).toThrow(/Should have no errors/u);
  });

  it('options that the rule does not have', () => {
    expect(verify({ code, options: { speed: 1 } as never, errors, output })).toThrow(/speed/u);
  });

  it('two cases with one name, and two names for one case', () => {
    expect(
      () =>
        new CaseProject(toy, [
          { name: 'a', code },
          { name: 'a', code: output },
        ]),
    ).toThrow(/Two cases/u);
    expect(
      () =>
        new CaseProject(toy, [
          { name: 'a', code },
          { name: 'b', code },
        ]),
    ).toThrow(/the same case/u);
  });

  it('leaves nothing on disk', () => {
    const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-tester-'));
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary);
    try {
      project = new CaseProject(toy, [{ name: 'a', code }]);
      expect(fs.readdirSync(temporary)).toHaveLength(1);
      project.dispose();
      expect(fs.readdirSync(temporary)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      fs.rmSync(temporary, { recursive: true, force: true });
    }
  });
});

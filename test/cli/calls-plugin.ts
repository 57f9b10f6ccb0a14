/**
 * A plugin with one simple rule under our prefix, so that the tests of the scan do not hang on what the real rules find:
 * it reports each call of `call`, says through the sink what it is about, and renames it to `callBounded`.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { PluginWithPresets } from '../../src/cli/run-scan.js';
import { sourceFiles } from '../../src/configs.js';
import { testFiles } from '../../src/settings/tests.js';
import { recordFinding } from '../../src/findings.js';

const rule: Omit<TSESLint.RuleModule<'unbounded'>, 'defaultOptions'> = {
  meta: {
    type: 'problem',
    fixable: 'code',
    schema: [],
    messages: { unbounded: 'This call has no limit ({{ types }}).' },
  },
  create(context) {
    return {
      'CallExpression[callee.name="call"]'(node: TSESTree.CallExpression) {
        const { callee } = node;
        const [downstream] = node.arguments;
        recordFinding({
          filename: context.filename,
          ruleId: context.id,
          messageId: 'unbounded',
          line: callee.loc.start.line,
          column: callee.loc.start.column + 1,
          downstream: downstream?.type === 'Literal' ? String(downstream.value) : undefined,
          client: 'call',
        });
        context.report({
          node: callee,
          messageId: 'unbounded',
          data: { types: context.sourceCode.parserServices?.program ? 'typed' : 'untyped' },
          fix: (fixer) => fixer.replaceText(callee, 'callBounded'),
        });
      },
    };
  },
};

const crash: Omit<TSESLint.RuleModule<never>, 'defaultOptions'> = {
  meta: { type: 'problem', schema: [], messages: {} },
  create: () => ({
    'CallExpression[callee.name="crash"]'() {
      throw new Error('out of luck');
    },
  }),
};

const rules: TSESLint.FlatConfig.Rules = { 'resilience/calls': 'error', 'resilience/crash': 'error' };
const config: TSESLint.FlatConfig.ConfigArray = [
  { files: sourceFiles, plugins: { resilience: { rules: { calls: rule, crash } } }, rules },
  { files: [...testFiles], rules: { 'resilience/calls': 'off', 'resilience/crash': 'off' } },
];

export const callsPlugin: PluginWithPresets = { configs: { recommended: config, strict: config } };

/** What ESLint loads. Nothing here, or below it, may load TypeScript, the parser, ts-morph, the CLI or the report. */
import { createRequire } from 'node:module';
import type { ESLint, Linter, Rule } from 'eslint';
import type { TSESLint } from '@typescript-eslint/utils';
import { rules } from '../rules/index.js';
import { createConfigs } from './configs.js';

// The package refers to itself by name, so that this line holds in the sources and in `dist`.
const { name, version } = createRequire(import.meta.url)('eslint-plugin-resilience/package.json') as {
  name: string;
  version: string;
};

/** The plugin as ESLint's own types have it; RuleCreator's do not fit them, hence the one cast below. */
interface Plugin extends ESLint.Plugin {
  meta: { name: string; version: string; namespace: string };
  rules: Record<keyof typeof rules, Rule.RuleModule>;
  configs: Record<'recommended' | 'strict', Linter.Config[]>;
}

const configs = {};
const plugin = { meta: { name, version, namespace: 'resilience' }, rules, configs } as unknown as Plugin;
Object.assign(configs, createConfigs(rules, plugin as TSESLint.FlatConfig.Plugin));

export { plugin as default, plugin as 'module.exports' };

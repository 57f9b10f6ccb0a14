/** What ESLint loads. Nothing here, or below it, may load TypeScript, the parser, ts-morph, the CLI or the report. */
import { createRequire } from 'node:module';
import type { TSESLint } from '@typescript-eslint/utils';
import { rules } from '../rules/index.js';
import { createConfigs } from './configs.js';

// The package refers to itself by name, so that this line holds in the sources and in `dist`.
const { name, version } = createRequire(import.meta.url)('eslint-plugin-resilience/package.json') as {
  name: string;
  version: string;
};

const base = { meta: { name, version, namespace: 'resilience' }, rules };
const plugin: typeof base & { configs: Record<'recommended' | 'strict', TSESLint.FlatConfig.ConfigArray> } = {
  ...base,
  configs: {} as never,
};
Object.assign(plugin.configs, createConfigs(rules, plugin as unknown as TSESLint.FlatConfig.Plugin));

export { plugin as default, plugin as 'module.exports' };

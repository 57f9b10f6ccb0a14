/** Presets, computed from the rules' own metadata. */
import type { TSESLint } from '@typescript-eslint/utils';
import type { rules as allRules } from '../rules/index.js';
import { testFiles } from './settings/tests.js';

type Rules = typeof allRules;
type Preset = 'recommended' | 'strict';

/** The files that the presets are for. */
export const sourceFiles = ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'];

/** The rules of a preset, with their options in it. */
function rulesOf(rules: Rules, preset: Preset): TSESLint.FlatConfig.Rules {
  return Object.fromEntries(
    Object.entries(rules)
      .filter(([, rule]) => preset === 'strict' || rule.meta.docs?.recommended === 'recommended')
      .map(([name, rule]) => {
        const options = preset === 'strict' ? rule.meta.docs?.strictOptions : undefined;
        return [`resilience/${name}`, options ? ['error', options] : 'error'];
      }),
  );
}

/** The presets of `plugin`: `recommended`, and `strict`, which contains it. */
export function createConfigs(
  rules: Rules,
  plugin: TSESLint.FlatConfig.Plugin,
): Record<Preset, TSESLint.FlatConfig.ConfigArray> {
  const create = (preset: Preset): TSESLint.FlatConfig.ConfigArray => [
    {
      name: `resilience/${preset}`,
      files: [...sourceFiles],
      plugins: { resilience: plugin },
      rules: rulesOf(rules, preset),
    },
    {
      name: `resilience/${preset}/tests`,
      files: [...testFiles],
      rules: Object.fromEntries(Object.keys(rulesOf(rules, preset)).map((name) => [name, 'off'])),
    },
  ];
  return { recommended: create('recommended'), strict: create('strict') };
}

/** A user's configuration in TypeScript, in every way to name a preset. Compiled against the packed plugin; it never runs. */
import { defineConfig } from 'eslint/config';
import type { ESLint, Linter } from 'eslint';
import resilience from 'eslint-plugin-resilience';

export default defineConfig([
  { files: ['src/**/*.ts'], plugins: { resilience }, extends: ['resilience/recommended'] },
  { files: ['src/**/*.ts'], plugins: { resilience }, extends: ['resilience/strict'] },
  { files: ['src/**/*.ts'], extends: [resilience.configs.strict] },
  resilience.configs.recommended,
  resilience.configs.strict,
  { rules: { 'resilience/require-timeout': ['error', { explicit: 'always' }] } },
  { settings: { resilience: { timeoutMs: 2000 } } },
]);

export const asPlugin: ESLint.Plugin = resilience;
export const asConfigs: Linter.Config[] = [...resilience.configs.recommended, ...resilience.configs.strict];

export const name: string = resilience.meta.name;
export const version: string = resilience.meta.version;

// @ts-expect-error there is no such preset
void resilience.configs.reccomended;

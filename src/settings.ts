/**
 * The one settings object. It may stand in `resilience.config.json` (the nearest one, up to the repository root), and
 * ESLint's `settings.resilience` is merged over it key by key.
 */
import { check } from './settings/check.js';
import { nearestSettings, throwProblems } from './settings/file.js';
import { settingsShape } from './settings/shape.js';
import type { PartialSettings, Settings } from './settings/types.js';

export { findSettingsFile, loadSettingsFile, SettingsError } from './settings/file.js';
export { matchesPattern } from './settings/match.js';
export type * from './settings/types.js';

export const defaultSettings: Settings = Object.freeze({
  timeoutMs: 5000,
  maxTimeoutMs: 60_000,
  maxDefaultMs: 30_000,
  maxWaitMs: 60_000,
  maxAttempts: 10,
  concurrency: 10,
  budgets: Object.freeze([]),
  fix: 'auto',
  clients: Object.freeze([]),
  retryWrappers: Object.freeze([]),
  guards: Object.freeze([]),
  policy: null,
  onFailure: null,
  downstreams: Object.freeze([]),
  ignore: Object.freeze([]),
});

/** What a user sees as the source of settings that are not in a file. */
const eslintSource = 'settings.resilience';

/**
 * The settings for one file: `resilience.config.json` nearest to `filename`, with `fromEslint` merged over it. The same
 * settings are the same frozen object.
 *
 * @throws SettingsError that names the source, the key, and what it takes
 */
export function resolveSettings(filename: string, fromEslint: unknown): Settings {
  const fromFile = nearestSettings(filename);
  if (fromEslint === undefined) return fromFile ? merge(fromFile) : defaultSettings;
  const { value, problems } = check(settingsShape, fromEslint);
  throwProblems(eslintSource, problems);
  return merge({ ...fromFile, ...(value as PartialSettings) });
}

/** Far more than one run has. It only ends what an editor would gather in weeks. */
const maxMemoised = 256;
const memo = new Map<string, Settings>([[JSON.stringify(defaultSettings), defaultSettings]]);

function merge(given: PartialSettings): Settings {
  // Checked values are plain JSON with their keys in one order, so that the text stands for the value.
  const settings: Settings = { ...defaultSettings, ...given };
  const key = JSON.stringify(settings);
  const known = memo.get(key);
  if (known) return known;
  const [oldest] = memo.keys();
  if (memo.size >= maxMemoised && oldest !== undefined) memo.delete(oldest);
  memo.set(key, Object.freeze(settings));
  return settings;
}

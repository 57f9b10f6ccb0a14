/** `--config FILE`: settings from a file that was named. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { firstLine } from '../project/problem.js';
import { defaultSettings, resolveSettings } from '../settings.js';
import { UsageError } from './command.js';

/**
 * The settings in `file`, complete, so that they replace those of every `resilience.config.json`.
 *
 * @param file absolute
 * @throws UsageError when the file cannot be read or is no JSON, SettingsError when a setting is wrong
 */
export function readSettingsFile(file: string): Readonly<Record<string, unknown>> {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--config ${path.basename(file)}: ${firstLine(error)}`);
  }
  return { ...defaultSettings, ...resolveSettings(file, settings) };
}

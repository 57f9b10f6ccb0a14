/** The parts that `resilience merge` joins: what they are, and how it is told. */
import { readFileSync } from 'node:fs';
import { firstLine } from '../../project/problem.js';
import { UsageError } from '../command.js';
import type { JsonReport } from '../formats/json.js';
import type { SarifLog } from '../formats/sarif.js';

/** A part that was read. */
export type Part =
  | { readonly kind: 'scan'; readonly name: string; readonly report: JsonReport }
  | { readonly kind: 'sarif'; readonly name: string; readonly log: SarifLog }
  | { readonly kind: 'inventory'; readonly name: string; readonly inventory: unknown };

/**
 * @param file absolute
 * @param name as it was given
 * @throws UsageError when it is none, in one line
 */
export function readPart(file: string, name: string): Part {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/u, ''));
  } catch (error) {
    throw new UsageError(`${name}: ${firstLine(error)}`);
  }
  if (has(value, 'kind') && value['kind'] === 'resilience-inventory')
    return { kind: 'inventory', name, inventory: value };
  if (isScan(value)) return { kind: 'scan', name, report: value };
  if (isSarif(value)) return { kind: 'sarif', name, log: value };
  throw new UsageError(`${name} is no part that scan (--format json or sarif) or report (--format json) has written`);
}

const has = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key);

function isScan(value: unknown): value is JsonReport {
  if (!has(value, 'schemaVersion') || value['schemaVersion'] !== 1 || 'kind' in value) return false;
  const lists = [value['files'], value['findings'], value['skipped'], value['problems']];
  return lists.every((list) => Array.isArray(list) && list.every((item) => has(item, 'path')));
}

function isSarif(value: unknown): value is SarifLog {
  if (!has(value, 'version') || value['version'] !== '2.1.0' || !Array.isArray(value['runs'])) return false;
  return value['runs'].every(
    (run) =>
      has(run, 'tool') &&
      has(run['tool'], 'driver') &&
      (run['tool']['driver'] as { name?: unknown }).name === 'eslint-plugin-resilience' &&
      Array.isArray(run['results']),
  );
}

/** `resilience.config.json`: where it is, and what is in it. */
import fs from 'node:fs';
import path from 'node:path';
import { check, type SettingsProblem } from './check.js';
import { settingsShape, type ObjectShape } from './shape.js';
import type { PartialSettings } from './types.js';

/** The name of the settings file. */
const settingsFileName = 'resilience.config.json';

/** A wrong setting: one line for the user, without a stack. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** The absolute path of the file, or `settings.resilience` for ESLint's. */
  readonly source: string;
  /** All of them, in order; the message tells the first one. */
  readonly problems: readonly SettingsProblem[];

  constructor(source: string, problems: readonly [SettingsProblem, ...SettingsProblem[]]) {
    const [first] = problems;
    const more = problems.length - 1;
    const rest = more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'problem' : 'problems'})`;
    super(`${display(source)}: ${first.path === '' ? '' : `"${first.path}" `}${first.message}${rest}`);
    this.source = source;
    this.problems = problems;
    // ESLint prints the stack of whatever a rule throws, and this is no fault of the rule.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** What a settings file may hold beside settings. */
const fileShape: ObjectShape = {
  kind: 'object',
  keys: { $schema: { shape: { kind: 'text' }, required: false }, ...settingsShape.keys },
};

/** The nearest settings file at or above the directory of `filename`, up to the repository root; absolute. */
export function findSettingsFile(filename: string): string | undefined {
  return find(filename)?.file;
}

/**
 * Reads a settings file. Relative paths in it come out absolute.
 *
 * @throws SettingsError when it cannot be read, is not JSON, or holds a wrong setting
 */
export function loadSettingsFile(file: string): PartialSettings {
  const absolute = path.resolve(file);
  return parse(absolute, readText(absolute));
}

interface Cached {
  /** What `stat` said of the file when it was read. */
  readonly stamp: string;
  readonly text: string;
  readonly settings: PartialSettings;
}

const cache = new Map<string, Cached>();

/**
 * The settings of the nearest file: the same object for as long as the file does not change.
 *
 * @throws SettingsError as `loadSettingsFile` does
 */
export function nearestSettings(filename: string): PartialSettings | undefined {
  const found = find(filename);
  if (!found) return undefined;
  const { file, stats } = found;
  const stamp = [stats.mtimeNs, stats.ctimeNs, stats.size, stats.ino].join();
  const cached = cache.get(file);
  if (cached?.stamp === stamp) return cached.settings;
  const text = readText(file);
  const settings = cached?.text === text ? cached.settings : parse(file, text);
  // What was written this moment may be written again with the same time: then the stamp proves nothing yet.
  const isFresh = Date.now() - Number(stats.mtimeMs) < clockGranularityMs;
  cache.set(file, { stamp: isFresh ? '' : stamp, text, settings });
  return settings;
}

/** The coarsest clock of a file system in use (FAT). */
const clockGranularityMs = 2000;

function find(filename: string): { readonly file: string; readonly stats: fs.BigIntStats } | undefined {
  let directory = path.dirname(path.resolve(filename));
  for (;;) {
    const file = path.join(directory, settingsFileName);
    const stats = stat(file);
    if (stats) return { file, stats };
    const parent = path.dirname(directory);
    if (parent === directory || stat(path.join(directory, '.git'))) return undefined;
    directory = parent;
  }
}

/** `undefined` where there is nothing, such as below the name of a virtual file (`page.md/0.js`). */
function stat(file: string): fs.BigIntStats | undefined {
  try {
    return fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readText(file: string): string {
  let bytes;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a directory' };
    throw new SettingsError(file, [{ path: '', message: `cannot be read: ${reasons[code ?? ''] ?? code}` }]);
  }
  try {
    // It also drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SettingsError(file, [{ path: '', message: 'must be UTF-8 text' }]);
  }
}

function parse(file: string, text: string): PartialSettings {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SettingsError(file, [{ path: '', message: `is not JSON: ${syntaxProblem(text, error)}` }]);
  }
  const { value, problems } = check(fileShape, json, path.dirname(file));
  throwProblems(file, problems);
  const { $schema: _schema, ...settings } = value as PartialSettings & { $schema?: string };
  return Object.freeze(settings);
}

/** Throws a `SettingsError` where there are problems. */
export function throwProblems(source: string, problems: readonly SettingsProblem[]): void {
  const [first, ...rest] = problems;
  if (first) throw new SettingsError(source, [first, ...rest]);
}

/** What V8 says, on one line, with a line and a column in place of an offset. */
function syntaxProblem(text: string, error: unknown): string {
  if (text.trim() === '') return 'it is empty';
  const said = (error as SyntaxError).message.replace(/\s+/gu, ' ');
  const hint = /^\s*\/[/*]/mu.test(text) ? ' (it cannot hold comments)' : '';
  const { offset, reason } = /^(?<reason>.*?)(?: in JSON)? at position (?<offset>\d+)/u.exec(said)?.groups ?? {};
  if (offset === undefined) return said + hint;
  const before = text.slice(0, Number(offset));
  const line = before.split('\n').length;
  return `${reason} at line ${line}, column ${before.length - before.lastIndexOf('\n')}${hint}`;
}

/** A path as a user sees it: relative to where they are, if it lies there. */
function display(source: string): string {
  if (!path.isAbsolute(source)) return source;
  const relative = path.relative(process.cwd(), source);
  return relative.startsWith('..') || path.isAbsolute(relative) ? source : relative;
}

/** Reads a value by its shape: a frozen copy with its keys in the order of the shape, and what is wrong with it. */
import path from 'node:path';
import { describeShape, enumerate, type ObjectShape, type Shape } from './shape.js';

/** What is wrong with a setting. */
export interface SettingsProblem {
  /** Where it stands: `budgets[0].timeoutMs`; empty for the whole. */
  readonly path: string;
  /** What is wrong, and what it takes; one line. */
  readonly message: string;
}

/** What a value was read as. Not to be used when there are problems. */
export interface Checked {
  readonly value: unknown;
  readonly problems: readonly SettingsProblem[];
}

/** Reads `value`. Relative paths in it are made absolute from `directory`, where there is one. */
export function check(shape: Shape, value: unknown, directory?: string): Checked {
  const problems: SettingsProblem[] = [];
  return { value: read(shape, value, '', { directory, problems }), problems };
}

interface Context {
  readonly directory: string | undefined;
  readonly problems: SettingsProblem[];
}

function read(shape: Shape, value: unknown, at: string, context: Context): unknown {
  if (!isKind(shape, value)) {
    wrong(shape, value, at, context);
    return undefined;
  }
  switch (shape.kind) {
    case 'text':
      return shape.path ? resolvePath(value as string, shape.path, context.directory) : value;
    case 'list': {
      const items = value as unknown[];
      if (items.length < (shape.min ?? 0)) wrong(shape, value, at, context);
      return Object.freeze(Array.from(items, (item, index) => read(shape.of, item, `${at}[${index}]`, context)));
    }
    case 'object':
      return readObject(shape, value as Record<string, unknown>, at, context);
    case 'variants': {
      const record = value as Record<string, unknown>;
      const tag = Object.hasOwn(record, shape.by) ? record[shape.by] : undefined;
      const variant = typeof tag === 'string' && Object.hasOwn(shape.of, tag) ? shape.of[tag] : undefined;
      if (variant) return readObject(variant, record, at, context);
      wrong({ kind: 'choice', values: Object.keys(shape.of) }, tag, join(at, shape.by), context);
      return undefined;
    }
    case 'either': {
      const alternative = shape.of.find((item) => isKind(item, value));
      return alternative ? read(alternative, value, at, context) : undefined;
    }
    default:
      return value;
  }
}

function readObject(shape: ObjectShape, value: Record<string, unknown>, at: string, context: Context): unknown {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(shape.keys, name)) report(context, join(at, name), `is unknown; ${hint(name, shape)}`);
  }
  const result: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(shape.keys)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    // As everywhere in JavaScript's configurations, `undefined` is the same as absent.
    if (member !== undefined) result[name] = read(key.shape, member, join(at, name), context);
    else if (key.required) report(context, join(at, name), `is missing: it must be ${describeShape(key.shape)}`);
  }
  return Object.freeze(result);
}

/** Whether the value is of the right JSON type, or in range where it has no parts. */
function isKind(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'integer':
      return Number.isInteger(value) && (value as number) >= shape.min && (value as number) <= shape.max;
    case 'choice':
      return shape.values.includes(value as string);
    case 'list':
      return Array.isArray(value);
    case 'object':
    case 'variants':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'either':
      return shape.of.some((item) => isKind(item, value));
  }
}

function wrong(shape: Shape, value: unknown, at: string, context: Context): void {
  const expected = `must be ${describeShape(shape)}`;
  if (value === undefined) report(context, at, `is missing: it ${expected}`);
  else report(context, at, `${expected}, not ${show(value)}${meant(shape, value)}`);
}

function report({ problems }: Context, at: string, message: string): void {
  problems.push({ path: at, message });
}

/** A relative path of a file is meant from where the file is. */
function resolvePath(text: string, which: 'always' | './', directory: string | undefined): string {
  const isRelative = which === 'always' || /^\.\.?(?:\/|$)/u.test(text);
  return directory !== undefined && isRelative ? path.resolve(directory, text) : text;
}

function join(at: string, name: string): string {
  const plain = /^[\w$-]+$/u.test(name);
  if (!plain) return `${at}[${JSON.stringify(name)}]`;
  return at === '' ? name : `${at}.${name}`;
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) {
    if (!Array.isArray(value)) return 'an object';
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function meant(shape: Shape, value: unknown): string {
  const near = shape.kind === 'choice' && typeof value === 'string' ? nearest(value, shape.values) : undefined;
  return near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`;
}

function hint(name: string, { keys }: ObjectShape): string {
  const known = Object.keys(keys).filter((key) => !key.startsWith('$'));
  const near = nearest(name, known);
  return near === undefined ? `the keys are ${enumerate(known, 'and')}` : `did you mean "${near}"?`;
}

/** The candidate that `name` is probably a slip of. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const ranked = candidates
    .map((candidate) => {
      const other = candidate.toLowerCase();
      // A name without its unit, or its plural: `timeout`, `budget`.
      const isStart = wanted.length > 2 && (other.startsWith(wanted) || wanted.startsWith(other));
      return { candidate, slips: isStart ? 1 : distance(wanted, other) };
    })
    .sort((a, b) => a.slips - b.slips);
  const [best] = ranked;
  return best && best.slips <= Math.max(1, Math.floor(wanted.length / 3)) ? best.candidate : undefined;
}

/** How many letters to insert, drop or change to get from one to the other. */
function distance(from: string, to: string): number {
  // Longer names are not slips of ours, and would only cost time.
  if (from.length > 40) return Infinity;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(from).entries()) {
    let left = i + 1;
    row = row.map((above, j) => {
      if (j > 0) left = Math.min(left + 1, above + 1, (row[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1));
      return left;
    });
  }
  return row.at(-1) ?? 0;
}

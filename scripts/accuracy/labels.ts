/**
 * Labels: what a comment in a labelled project says that the plugin must do at the code below it, or on its own line.
 *
 * ```ts
 * // expect: require-timeout/missing                   reported, with this message id (`a|b`: either)
 * // ok: require-timeout -- why                        silent in `recommended`
 * // unknown: require-timeout/callerOwned              silent in `recommended`, reported by `strict`
 * // expect: a/x (untyped: skip), b/y (within 3)       needs types; may stand up to three lines further down
 * ```
 */

/** What a label asks for. */
export type Kind = 'expect' | 'ok' | 'unknown';

/** One labelled place, for one rule. */
export interface Site {
  readonly kind: Kind;
  /** Without the plugin's name. */
  readonly rule: string;
  /** The message ids that satisfy the label; none: any. */
  readonly ids: readonly string[];
  /** One-based. */
  readonly line: number;
  /** How many lines below `line` the report may stand. */
  readonly within: number;
  /** Nothing is asked for without types: a report is neither found nor missed nor false. */
  readonly needsTypes: boolean;
  readonly reason: string | null;
}

/** A label that cannot be read: a mistake in the suite. */
export class LabelError extends Error {}

const comment = /(^|\s)\/\/ (expect|ok|unknown): (.*)$/u;
const part = /^([a-z]+(?:-[a-z]+)+)(?:\/([A-Za-z|]+))?((?: \([^)]*\))*)$/u;

/** The sites of a file. Throws a `LabelError` that names file and line. */
export function sitesOf(file: string, text: string): Site[] {
  const sites: Site[] = [];
  let waiting: Omit<Site, 'line'>[] = [];
  text.split(/\r?\n/u).forEach((source, index) => {
    const line = index + 1;
    const match = comment.exec(source);
    const labels = match ? parse(match[2] as Kind, match[3] ?? '', `${file}:${line}`) : [];
    const ownLine = /^\s*(?:\/\/.*)?$/u.test(source);
    if (ownLine) {
      waiting.push(...labels);
      return;
    }
    sites.push(...[...waiting, ...labels].map((label) => ({ ...label, line })));
    waiting = [];
  });
  if (waiting.length > 0) throw new LabelError(`${file}: a label with no code below it`);
  return sites;
}

function parse(kind: Kind, rest: string, where: string): Omit<Site, 'line'>[] {
  const [labels = '', reason] = rest.split(' -- ');
  return labels.split(', ').map((label) => {
    const [read, rule = '', messages, notes = ''] = part.exec(label.trim()) ?? [];
    if (read === undefined) throw new LabelError(`${where}: cannot read the label "${label}"`);
    const ids = messages?.split('|') ?? [];
    if (kind === 'expect' && ids.length === 0) throw new LabelError(`${where}: "${label}" names no message id`);
    if (kind === 'ok' && ids.length > 0)
      throw new LabelError(`${where}: "${label}" asks for silence and names a message`);
    let within = 0;
    let needsTypes = false;
    for (const [, note = ''] of notes.matchAll(/\(([^)]*)\)/gu)) {
      const lines = /^within (\d+)$/u.exec(note)?.[1];
      if (lines) within = Number(lines);
      else if (note === 'untyped: skip') needsTypes = true;
      else throw new LabelError(`${where}: cannot read the note "(${note})"`);
    }
    return { kind, rule, ids, within, needsTypes, reason: reason?.trim() ?? null };
  });
}

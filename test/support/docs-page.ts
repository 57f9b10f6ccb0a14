/**
 * The examples of a rule's page, and what the page says about each of them. The form is in `docs/contributing.md`, "The
 * page of a rule"; the short of it is that a bold label before a block of code says what the block is.
 */

/** What a block of code is: what the label before it says. */
export type Role = 'incorrect' | 'correct' | 'fixed' | 'suggested';

/** A block of code that is linted. */
export interface Example {
  readonly role: Role;
  /** The line of the page on which its code begins; 1-based. */
  readonly line: number;
  /** As a file's extension: `ts`. */
  readonly extension: string;
  readonly code: string;
  /** The rule's options, from the block labelled **Options** above it in its section. */
  readonly options: Readonly<Record<string, unknown>> | undefined;
  /** What `resilience.config.json` holds, from the block labelled **Settings** above it in its section. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** The message ids that it reports, where the page says so: `<!-- reports: missing -->`. */
  readonly reports: readonly string[] | undefined;
  /** It is reported with type information only: `<!-- needs types -->`. */
  readonly needsTypes: boolean;
  /** For `fixed` and `suggested`: the block that it comes of. */
  readonly of: Example | undefined;
  /** For `suggested`: which suggestion of the block that is, counted through all its reports; 1-based. */
  readonly suggestion: number;
}

/** A block of JSON that is a settings file. */
export interface SettingsExample {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What is on a page. */
export interface Page {
  readonly examples: readonly Example[];
  readonly settings: readonly SettingsExample[];
}

/** A page that is not of the form. */
export class PageError extends Error {
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.name = 'PageError';
  }
}

const label = /^(?:#{2,6} |\*\*)(?<label>incorrect|correct|fixed|suggested|options|settings)\b/iu;
const comment = /^<!--\s*(?<text>.*?)\s*-->$/u;
const fence = /^(?<ticks>`{3,})(?<language>\w*)/u;
const code = new Set(['js', 'cjs', 'mjs', 'jsx', 'ts', 'cts', 'mts', 'tsx']);

/** Reads a page. Throws a `PageError` where a block of code or JSON has no label, or one that does not suit it. */
export function readPage(markdown: string): Page {
  const examples: Example[] = [];
  const settings: SettingsExample[] = [];
  const lines = markdown.split(/\r?\n/u);
  /** What holds until the next heading. */
  let section: Pick<Example, 'options' | 'settings'> = { options: undefined, settings: undefined };
  let current: string | undefined;
  let comments: string[] = [];
  let incorrect: Example | undefined;
  let suggestion = 0;

  for (let index = 0; index < lines.length; index++) {
    const text = lines[index]!;
    const note = comment.exec(text)?.groups?.['text'];
    const open = fence.exec(text)?.groups;
    if (note !== undefined) comments.push(note);
    if (text.startsWith('#')) {
      section = { options: undefined, settings: undefined };
      current = undefined;
      incorrect = undefined;
    }
    current = label.exec(text)?.groups?.['label']?.toLowerCase() ?? current;
    if (open) {
      const first = index + 1;
      while (++index < lines.length && lines[index]?.trimEnd() !== open['ticks']);
      if (index >= lines.length) throw new PageError(first, 'the block of code does not end');
      read(open['language'] ?? '', lines.slice(first, index).join('\n'), first + 1);
    }
    if (note === undefined && text.trim() !== '') comments = [];
  }
  return { examples, settings };

  function read(language: string, content: string, line: number): void {
    if (language === 'json') readJson(content, line);
    else if (code.has(language)) readCode(language, content, line);
  }

  function readJson(content: string, line: number): void {
    const value = parseObject(content, line);
    if (current === 'options') section = { ...section, options: value };
    else if (current === 'settings') section = { ...section, settings: value };
    else throw new PageError(line, 'a block of JSON needs the label **Options** or **Settings**');
    if (current === 'settings') settings.push({ line, value });
  }

  function readCode(extension: string, content: string, line: number): void {
    if (!current || current === 'options' || current === 'settings') {
      throw new PageError(
        line,
        'a block of code needs the label **Incorrect**, **Correct**, **Fixed** or **Suggested**',
      );
    }
    const role = current as Role;
    const derived = role === 'fixed' || role === 'suggested';
    if (derived && !incorrect) throw new PageError(line, `a ${role} block stands after an incorrect one`);
    suggestion = role === 'suggested' ? suggestion + 1 : 0;
    const notes = readNotes(line);
    const example: Example = {
      role,
      line,
      extension,
      code: `${content}\n`,
      ...section,
      reports: notes.reports,
      needsTypes: notes.needsTypes,
      of: derived ? incorrect : undefined,
      suggestion: (suggestion = notes.suggestion ?? suggestion),
    };
    examples.push(example);
    if (role === 'incorrect') incorrect = example;
    else if (role === 'correct') incorrect = undefined;
  }

  function readNotes(line: number): {
    readonly reports: readonly string[] | undefined;
    readonly needsTypes: boolean;
    readonly suggestion: number | undefined;
  } {
    let reports: readonly string[] | undefined;
    let needsTypes = false;
    let number: number | undefined;
    for (const note of comments) {
      const [key, value = ''] = note.split(/:\s*/u, 2);
      if (key === 'reports') reports = value.split(/,\s*/u);
      else if (key === 'needs types') needsTypes = true;
      else if (key === 'suggestion' && /^[1-9]\d*$/u.test(value)) number = Number(value);
      else if (note !== 'prettier-ignore')
        throw new PageError(line, `<!-- ${note} --> is not known before a block of code`);
    }
    return { reports, needsTypes, suggestion: number };
  }
}

/** The blocks of JSON of any other page of the docs: all of them are settings files. */
export function readSettingsBlocks(markdown: string): readonly SettingsExample[] {
  return [...markdown.matchAll(/^```json\n(?<content>.*?)^```$/gmsu)].map((match) => {
    const line = markdown.slice(0, match.index).split('\n').length + 1;
    return { line, value: parseObject(match.groups?.['content'] ?? '', line) };
  });
}

function parseObject(content: string, line: number): Record<string, unknown> {
  try {
    return JSON.parse(content) as Record<string, unknown>;
  } catch (error) {
    throw new PageError(line, `the block is not JSON: ${(error as Error).message}`);
  }
}

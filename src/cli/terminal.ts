/** What may be written to a terminal, and how. */
import { styleText } from 'node:util';

/** Where a command reads its surroundings from and writes to; `process` has it all. */
export interface Io {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** A stream to write to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
}

// C0 and C1 controls, DEL, marks that reorder text, and line separators.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text from scanned code or from the file system, made safe to print: each character that a terminal would obey becomes
 * one visible character, so that columns stay as they are. Tabs stay too.
 */
export function visible(text: string): string {
  return text.replaceAll(unsafe, (character) => {
    const code = character.charCodeAt(0);
    if (character === '\t') return character;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** `visible` on one line: line breaks and tabs become spaces. */
export function oneLine(text: string): string {
  return visible(text.trim().replaceAll(/\s*[\r\n\u2028\u2029]+\s*|\t/gu, ' '));
}

/** How a piece of output looks. */
export type Style = Parameters<typeof styleText>[0];

/** Styles text, or leaves it as it is where there are no colours. */
export type Paint = (style: Style, text: string) => string;

/** The painter for output with or without colours. */
export function painter(color: boolean): Paint {
  // The stream was asked before: `color` is the answer.
  return color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}

/**
 * Whether to write colours: as the flag says, else as NO_COLOR and FORCE_COLOR say, else on terminals only.
 *
 * @param flag `--color` or `--no-color`; `undefined`: neither was given
 */
export function wantsColor(flag: boolean | undefined, env: Io['env'], stream: Output): boolean {
  if (flag !== undefined) return flag;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** A line on a terminal that says how far things are, and goes away. */
export interface Progress {
  update(text: string): void;
  clear(): void;
}

/** A progress line on `stream`; none where it is no terminal, and none in CI. */
export function createProgress(stream: Output, env: Io['env']): Progress {
  if (!stream.isTTY || (env['CI'] !== undefined && env['CI'] !== 'false') || env['TERM'] === 'dumb') {
    return { update: () => undefined, clear: () => undefined };
  }
  return {
    update: (text) => stream.write(`\r\u001b[2K${oneLine(text).slice(0, (stream.columns ?? 80) - 1)}`),
    clear: () => stream.write('\r\u001b[2K'),
  };
}

/** What may be written to a terminal, and how. */
import { styleText } from 'node:util';
import { oneLine } from '../project/escape.js';

/** Where a command reads its surroundings from and writes to; `process` has it all. */
export interface Io {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where answers come from; absent: nobody is there to ask. */
  readonly stdin?: Input | undefined;
}

/** A stream to read answers from. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };

/** A stream to write to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
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

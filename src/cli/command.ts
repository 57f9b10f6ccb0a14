/** What a command of the `resilience` program is. */
import type { Io } from './terminal.js';

/** One command, in a file of its own. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The text of `--help`. */
  readonly help: string;
  /**
   * Runs with the arguments behind the command's name. Gives the exit code: 0 clean, 1 findings, 2 trouble.
   *
   * @throws UsageError when the arguments cannot be understood
   */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** The user's mistake on the command line. The message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Trouble that keeps a scan from saying all it could. Each problem becomes one line, and exit code 2. */
export interface Problem {
  readonly kind:
    | 'path' // a path of the command line that is not there, or holds nothing to scan
    | 'read' // a file or directory that cannot be read
    | 'parse' // a file that does not parse
    | 'tsconfig' // a broken tsconfig.json: its files are scanned without types
    | 'types' // type information failed for another reason: the file is scanned without types
    | 'settings' // a broken resilience.config.json
    | 'eslint' // the project's own ESLint configuration (only with --eslint-config)
    | 'rule' // a rule failed on a file
    | 'fix'; // a file that could not be rewritten
  /** Absolute path of what it is about. */
  readonly path: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** One sentence without a period at the end, to be read after the path. */
  readonly message: string;
}

/** The first line of an error's message: what a user needs to see of it. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split(/\r?\n/u, 1)[0] ?? '';
}

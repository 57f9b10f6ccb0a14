/** What every format is: a function from a scan to text. */
import type { ScanResult } from '../result.js';

/** The one options object that formats get. */
export interface FormatOptions {
  readonly result: ScanResult;
  /** Version of this package. */
  readonly version: string;
  /** Whether the output may hold colours. */
  readonly color: boolean;
  /** Width of a line in characters. */
  readonly width: number;
}

/** Gives the whole output, with a line break at its end. Nothing from scanned code may take effect where it is shown. */
export type Format = (options: FormatOptions) => string;

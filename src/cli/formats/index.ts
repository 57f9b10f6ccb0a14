/** Every format, by its name on the command line. */
import type { Format } from './format.js';
import { formatJson } from './json.js';
import { formatPretty } from './pretty.js';

export const formats = { pretty: formatPretty, json: formatJson } satisfies Record<string, Format>;

/** The name of a format. */
export type FormatName = keyof typeof formats;

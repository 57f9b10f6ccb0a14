/** Every format, by its name on the command line. */
import type { Format } from './format.js';
import { formatGithub } from './github.js';
import { formatHtml } from './html.js';
import { formatJson } from './json.js';
import { formatJunit } from './junit.js';
import { formatMarkdown } from './markdown.js';
import { formatPretty } from './pretty.js';
import { formatSarif } from './sarif.js';

export const formats = {
  pretty: formatPretty,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
  junit: formatJunit,
  markdown: formatMarkdown,
  html: formatHtml,
} satisfies Record<string, Format>;

/** The name of a format. */
export type FormatName = keyof typeof formats;

/** Formats whose readers take paths from the root of the repository, wherever the scan was started. */
export const fromRepositoryRoot: ReadonlySet<FormatName> = new Set(['sarif', 'github']);

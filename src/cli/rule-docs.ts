/** The rules' docs pages, which come with the package: the help of SARIF, and what `resilience explain` shows. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { docsUrl } from '../define-rule.js';

/** Of the sources in development, of `dist` in the package: `docs/rules` stands beside both. */
const directory = ((): string => {
  for (let current = import.meta.dirname; ; current = path.dirname(current)) {
    const candidate = path.join(current, 'docs', 'rules');
    if (existsSync(candidate) || path.dirname(current) === current) return candidate;
  }
})();

/** What a rule's page says, without the generated header. Links are absolute, comments to the tests are left out. */
export function rulePage(name: string): string {
  const text = readFileSync(path.join(directory, `${name}.md`), 'utf8');
  const [, body = text] = text.split('<!-- end auto-generated rule header -->');
  const address = docsUrl(name);
  return `${body
    .replaceAll(/^<!--.*?-->\n\n?/gmsu, '')
    .replaceAll(
      /(?<=\]\()(?!https?:)(?<target>[^)\s]+)(?=\))/gu,
      (_match, target: string) => new URL(target, address).href,
    )
    .trim()}\n`;
}

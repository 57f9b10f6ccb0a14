/** Adding a dependency to a `package.json`, which keeps its form. */

/** A range that npm can read, for each package that codemods write imports of. */
export interface Dependency {
  readonly name: string;
  readonly range: string;
}

/** The text with the dependencies among `dependencies`, in alphabetical order; the same text where they are there. */
export function withDependencies(text: string, wanted: readonly Dependency[]): string {
  const manifest = JSON.parse(text.replace(/^\ufeff/u, '')) as Record<string, unknown>;
  const present = (manifest['dependencies'] ?? {}) as Record<string, string>;
  const missing = wanted.filter(({ name }) => present[name] === undefined);
  if (missing.length === 0) return text;
  const all = { ...present, ...Object.fromEntries(missing.map(({ name, range }) => [name, range])) };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  const indent = /^[^\S\n]*(?=")/mu.exec(text)?.[0] ?? '  ';
  const body = JSON.stringify(sorted, null, indent).replaceAll('\n', `\n${indent}`);
  const block = /"dependencies"\s*:\s*\{[^{}]*\}/u;
  if (block.test(text)) return text.replace(block, () => `"dependencies": ${body}`);
  // Behind the last member.
  return text.replace(/(\S)\s*\}\s*$/u, (_, last: string) => {
    const comma = last === '{' ? '' : ',';
    return `${last}${comma}\n${indent}"dependencies": ${body}\n}\n`;
  });
}

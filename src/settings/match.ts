/** How `match` in budgets and downstreams, and a host in `ignore`, are meant. */

const patterns = new Map<string, RegExp>();

/**
 * Whether `name` (a host, a client, the name of a downstream) is what `pattern` says. `*` stands for any characters;
 * upper and lower case are the same, as they are in host names.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  let regex = patterns.get(pattern);
  if (!regex) {
    // Several stars in a row are one: more would only make the search slow.
    const parts = pattern.split(/\*+/u).map((part) => part.replace(/[\\^$.+?()[\]{}|/]/gu, String.raw`\$&`));
    regex = new RegExp(`^${parts.join('.*')}$`, 'isu');
    patterns.set(pattern, regex);
  }
  return regex.test(name);
}

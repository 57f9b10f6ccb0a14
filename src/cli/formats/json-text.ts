/** JSON as text that may be printed. */

/** JSON lets through what a terminal may obey: C1 controls, DEL, marks that reorder text. */
export function jsonText(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2).replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}\n`;
}

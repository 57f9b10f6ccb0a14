/** Disable comments: where a team has said no to a rule, the codemod that mends what the rule finds leaves things alone. */
import type { OpenFile } from '../project/open.js';

interface Directive {
  readonly type: 'disable' | 'enable' | 'disable-line' | 'disable-next-line';
  readonly value: string;
  readonly node: {
    readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  };
}

/** Whether one of the rules is switched off on a line. */
export function isDisabled({ source }: OpenFile, rules: readonly string[], line: number): boolean {
  // Not in the types of typescript-eslint.
  const { directives } = (
    source as unknown as { getDisableDirectives: () => { directives: readonly Directive[] } }
  ).getDisableDirectives();
  let off = false;
  for (const { type, value, node } of directives) {
    if (!concerns(value, rules)) continue;
    const { start, end } = node.loc;
    if (type === 'disable-line' && start.line === line) return true;
    if (type === 'disable-next-line' && end.line + 1 === line) return true;
    if (start.line <= line && (type === 'disable' || type === 'enable')) off = type === 'disable';
  }
  return off;
}

/** No names at all mean every rule. */
function concerns(value: string, rules: readonly string[]): boolean {
  const names = value.split(',').flatMap((name) => name.trim() || []);
  return names.length === 0 || names.some((name) => rules.some((rule) => name === `resilience/${rule}`));
}

/** Handing a signal on: as the option that the client takes, merged with what the call has. */
import type { TSESLint } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { optionsIndex } from '../analysis/calls.js';
import type { DroppedSignal } from '../analysis/forwarding.js';
import { siteOf } from '../analysis/members.js';
import { optionsOf } from '../analysis/calls.js';
import { setArgumentMembers, type Edit } from './edits.js';

/** The edits that hand a signal on, and the option's new value; `null` where no name leads to it. */
export function forwardSignal(
  facts: Facts,
  source: TSESLint.SourceCode,
  { signal, call, bound, node, given }: DroppedSignal,
): { readonly edits: readonly Edit[]; readonly text: string } | null {
  if (signal.text === null || node !== call.node || node.type === 'TaggedTemplateExpression') return null;
  const index = optionsIndex(facts.evaluator, call);
  if (index === null) return null;
  if (given.kind === 'absent') {
    const edits = setArgumentMembers(source, node, index, [{ path: bound.option, value: signal.text }]);
    return edits && { edits, text: `${bound.option}: ${signal.text}` };
  }
  const site = siteOf(optionsOf(facts.evaluator, call), bound.option);
  if (site?.module !== facts.module || site.node.type !== 'Property') return null;
  const own = source.text.slice(...site.node.value.range);
  const value = signal.optional
    ? `AbortSignal.any([${own}, ...(${signal.text} ? [${signal.text}] : [])])`
    : `AbortSignal.any([${signal.text}, ${own}])`;
  const edits: readonly Edit[] = site.node.shorthand
    ? [{ range: [site.node.range[1], site.node.range[1]], text: `: ${value}` }]
    : [{ range: site.node.value.range, text: value }];
  return { edits, text: `${bound.option}: ${value}` };
}

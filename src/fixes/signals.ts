/** Handing a signal on: as the option that the client takes, merged with what the call has. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { firstArgument, isCallbackAt, optionsIndex, optionsOf } from '../analysis/calls.js';
import type { DroppedSignal } from '../analysis/forwarding.js';
import { siteOf } from '../analysis/members.js';
import type { Value } from '../analysis/values.js';
import { addArgument, setArgumentMembers, type Edit } from './edits.js';

/** The edits that hand a signal on, and what they write; `null` where no name leads to it. */
export function forwardSignal(
  facts: Facts,
  source: TSESLint.SourceCode,
  dropped: DroppedSignal,
): { readonly edits: readonly Edit[]; readonly text: string } | null {
  const { signal, call, bound, node, given, accepted } = dropped;
  if (signal.text === null || node.type === 'TaggedTemplateExpression') return null;
  if (accepted) return forwardThrough(source, node, accepted, given, signal.text);
  const position = optionsIndex(facts.evaluator, call);
  const before = firstArgument(call);
  if (position === null || before === null) return null;
  if (given.kind === 'absent') {
    const insert = isCallbackAt(facts.evaluator, call, position);
    const member = { path: bound.option, value: signal.text };
    const edits = setArgumentMembers(source, node, before + position, [member], { insert });
    return edits && { edits, text: textOf(bound.option, signal.text) };
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
  return { edits, text: textOf(bound.option, value) };
}

/** Handing a signal to a function that hands it on itself: as the argument, or the member of one, that it takes. */
function forwardThrough(
  source: TSESLint.SourceCode,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  { index, path }: NonNullable<DroppedSignal['accepted']>,
  given: Value,
  text: string,
): { readonly edits: readonly Edit[]; readonly text: string } | null {
  if (given.kind !== 'absent' || path.length > 1) return null;
  const [name] = path;
  const edits =
    name === undefined
      ? addArgument(source, node, index, text)
      : setArgumentMembers(source, node, index, [{ path: name, value: text }]);
  return edits && { edits, text: name === undefined ? text : textOf(name, text) };
}

function textOf(name: string, value: string): string {
  return name === value ? name : `${name}: ${value}`;
}

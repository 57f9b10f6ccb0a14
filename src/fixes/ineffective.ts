/** Making a bound bind: the same limit, in the form that the client honours. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { longestOf, type IneffectiveBound } from '../analysis/ineffective.js';
import { isStreamed } from '../analysis/responses.js';
import { versionTest } from '../analysis/versions.js';
import type { Bound } from '../catalog/schema.js';
import { objectText, setMembers, type Edit, type MemberEdit } from './edits.js';
import { boundCall, timeoutValue, valueText } from './timeouts.js';

/**
 * The edits that make a bound bind, and what they write; `null` where the team must think.
 *
 * @param expression source text that gives the milliseconds, in place of a number
 */
export function mendBound(
  facts: Facts,
  source: TSESLint.SourceCode,
  fault: IneffectiveBound,
  names: readonly (string | null)[],
  expression: string | null = null,
): { readonly edits: readonly Edit[]; readonly text: string } | null {
  const { call } = fault;
  const mended = mend(facts, source, fault, names, expression);
  // A limit on the whole of it would cut off a healthy stream.
  const streamed = call !== null && isStreamed(facts.evaluator, call);
  return mended && !(streamed && mended.text.includes('AbortSignal.timeout(')) ? mended : null;
}

function mend(
  facts: Facts,
  source: TSESLint.SourceCode,
  fault: IneffectiveBound,
  names: readonly (string | null)[],
  expression: string | null,
): { readonly edits: readonly Edit[]; readonly text: string } | null {
  const { call, report } = fault;
  const ms =
    expression ?? (isUsable(fault.ms) ? fault.ms : timeoutValue(facts.settings, names, call?.operation ?? null).ms);
  switch (fault.fault) {
    case 'wrongArgument': {
      const argument =
        call && call.node.type !== 'TaggedTemplateExpression'
          ? call.node.arguments[call.operation.payload ?? -1]
          : null;
      return argument
        ? { edits: [{ range: [argument.range[0], argument.range[0]], text: 'undefined, ' }], text: 'undefined' }
        : null;
    }
    // The loser of a race ends where it has a limit of its own.
    case 'leakyRace':
    case 'betweenIterations': {
      const fix = call && boundCall(facts, source, call, { kind: 'missing', by: [] }, names, expression);
      return fix && { edits: fix.edits, text: fix.text };
    }
    case 'neverAborted':
    case 'clearedEarly':
      return replaceValue(source, report, (own) => `AbortSignal.any([${own}, AbortSignal.timeout(${ms})])`);
    case 'sharedSignal':
      return call
        ? replaceValue(source, report, () => `AbortSignal.timeout(${ms})`)
        : replaceByOther(facts, source, fault, ms);
    case 'disabled':
    case 'wrongUnit':
      return fault.bound && replaceValue(source, report, () => valueText(fault.bound as Bound, ms));
    case 'misread':
      if (fault.bound?.takes === 'signal') return null;
      return replaceByOther(facts, source, fault, ms);
    case 'ignored':
    case 'wrongPhase':
      return fault.bound?.requires === undefined
        ? replaceByOther(facts, source, fault, ms)
        : addRequired(source, report, fault.bound.option, fault.bound.requires);
    case 'tooLong':
      return (
        fault.bound &&
        replaceValue(source, report, () =>
          valueText(fault.bound as Bound, expression ?? longestOf(call, facts.settings)),
        )
      );
    case 'lifetimeOnStream':
      return limitParts(facts, source, fault, ms);
    default:
      return null;
  }
}

/** Whether a limit as it is written can be kept. */
export function isUsable(ms: number | null): ms is number {
  return ms !== null && ms > 0 && ms < 2 ** 31;
}

/** Writes limits on the wait for a stream's beginning and between its parts in the place of one on the whole of it. */
function limitParts(
  facts: Facts,
  source: TSESLint.SourceCode,
  { report, call }: IneffectiveBound,
  ms: number | string,
): { edits: readonly Edit[]; text: string } | null {
  if (!call || report.type !== 'Property' || report.parent.type !== 'ObjectExpression') return null;
  const inRange = versionTest(call.library, facts.module);
  const parts = (call.operation.bounds ?? call.type.bounds)
    .filter(({ where, fix }) => (where === 'call' || where === 'both') && fix !== undefined)
    .filter(({ kind, phases }) => kind === 'idle' || !phases.includes('body'))
    .filter(({ versions, option }) => inRange(versions) && !option.includes('.'));
  const there = report.parent.properties.map((property) =>
    property.type === 'Property' ? source.text.slice(...property.key.range) : null,
  );
  if (parts.length === 0 || parts.some(({ option }) => there.includes(option))) return null;
  const text = parts.map((part) => `${part.option}: ${valueText(part, ms)}`).join(', ');
  return { edits: [{ range: report.range, text }], text };
}

/** Writes another value behind the option's name. */
function replaceValue(
  source: TSESLint.SourceCode,
  node: TSESTree.Node,
  change: (own: string) => string,
): { edits: readonly Edit[]; text: string } | null {
  if (node.type !== 'Property') return null;
  const text = change(source.text.slice(...node.value.range));
  if (node.shorthand) return { edits: [{ range: [node.range[1], node.range[1]], text: `: ${text}` }], text };
  return { edits: [{ range: node.value.range, text }], text };
}

/** Writes the option that the client honours in the place of the one that it does not. */
function replaceByOther(
  facts: Facts,
  source: TSESLint.SourceCode,
  { report, bound, call, construction }: IneffectiveBound,
  ms: number | string,
): { edits: readonly Edit[]; text: string } | null {
  const client = call?.client ?? construction?.client;
  const object = report.parent;
  if (!client || !bound || report.type !== 'Property' || object?.type !== 'ObjectExpression') return null;
  const inRange = versionTest(client.library, facts.module);
  const where = call ? 'call' : 'construction';
  const candidates = (call?.operation.bounds ?? client.type.bounds)
    .filter((candidate) => candidate.where === where || candidate.where === 'both')
    .filter((candidate) => inRange(candidate.versions) && candidate.untyped !== where)
    .filter((candidate) => candidate.phases.some((phase) => bound.phases.includes(phase)));
  const [other] = [
    ...candidates.filter(({ fix }) => fix !== undefined).sort((a, b) => (a.fix ?? 0) - (b.fix ?? 0)),
    // A signal of the call's own ends it too, where the client is what fixes bound.
    ...candidates.filter(({ takes, kind }) => takes === 'signal' && kind === 'total' && where === 'call'),
  ];
  if (!other) return null;
  const member: MemberEdit = { path: other.option, value: valueText(other, ms) };
  const text = objectText([member]).slice(2, -2);
  const [name = ''] = other.option.split('.');
  const [own = ''] = bound.option.split('.');
  // An option that is there already keeps its other members.
  const taken =
    name !== own &&
    object.properties.some(
      (property) =>
        property !== report && property.type === 'Property' && source.text.slice(...property.key.range) === name,
    );
  if (taken) return null;
  if (other.option === bound.option) return replaceValue(source, report, () => member.value);
  // Below another option, the option itself stays: it limits something else.
  if (bound.option.includes('.')) {
    const root = rootObject(report);
    const edits = root && setMembers(source.text, root, [member]);
    return edits ? { edits, text } : null;
  }
  return { edits: [{ range: report.range, text }], text };
}

/** The outermost object literal around a member. */
function rootObject(node: TSESTree.Node): TSESTree.ObjectExpression | null {
  let root: TSESTree.ObjectExpression | null = null;
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === 'ObjectExpression') root = parent;
    else if (parent.type !== 'Property') break;
  }
  return root;
}

/** Sets the sibling without which an option does not bind. */
function addRequired(
  source: TSESLint.SourceCode,
  node: TSESTree.Node,
  option: string,
  required: string,
): { edits: readonly Edit[]; text: string } | null {
  if (node.type !== 'Property') return null;
  // A sibling of the option goes beside it, whatever holds them both.
  const [, parent = '', name = required] = /^(.*\.)?([^.]+)$/.exec(required) ?? [];
  const isSibling = option.startsWith(parent) && !option.slice(parent.length).includes('.');
  const root = isSibling ? node.parent : rootObject(node);
  const edits = root && setMembers(source.text, root, [{ path: isSibling ? name : required, value: 'true' }]);
  return edits ? { edits, text: `${required}: true` } : null;
}

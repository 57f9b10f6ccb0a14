/**
 * A request that was answered too late has been carried out. Whoever sends it again without saying that it is the same one has it
 * carried out twice: a second charge, a second mail, a second order.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../src/analysis/analyze.js';
import type { DownstreamCall } from '../src/analysis/calls.js';
import { calleeOf } from '../src/analysis/calls.js';
import { downstreamOfCall } from '../src/analysis/downstreams.js';
import { effectOf } from '../src/analysis/effects.js';
import { keyOf, keySpec, type Key } from '../src/analysis/retries/keys.js';
import { implicitRetry } from '../src/analysis/retries/libraries.js';
import { regionsOf, type Reached } from '../src/analysis/retries/reach.js';
import type { RetryScope } from '../src/analysis/retries/scope.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { addKey, hoistKey } from '../src/fixes/keys.js';
import { evidenceOf, factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report what a client repeats by default, without anybody asking for it. */
  implicit: boolean;
  /** Report operations of which it cannot be known what repeating them does. */
  reportUnknown: boolean;
}

type ReportId = 'noKey' | 'unstableKey' | 'implicitRetry' | 'unknown';
type MessageId = ReportId | 'addKey' | 'hoistKey';

export default defineRule<Options, MessageId>({
  name: 'require-idempotent-retry',
  meta: {
    type: 'problem',
    docs: {
      description: 'require operations that are retried to be safe to repeat, or to carry an idempotency key',
      recommended: 'recommended',
      strictOptions: { implicit: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      noKey:
        '{{operation}}{{chain}} may be carried out more than once: {{scope}} runs it again, also when {{downstream}} had done it and only the answer was lost.{{remedy}}',
      unstableKey:
        'This key is another one in each attempt of {{scope}}, so that {{downstream}} takes each attempt for a new request.{{remedy}}',
      implicitRetry:
        '{{operation}} may be carried out more than once: {{client}} repeats it by default{{times}}, also when only the answer was lost.',
      unknown: 'Whether {{operation}}{{chain}}, which {{scope}} runs again, can be repeated safely cannot be known.',
      addKey: 'Send a key that is made once: `{{text}}`.',
      hoistKey: 'Make the key once, before the first attempt.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          implicit: { type: 'boolean', description: 'Whether to report what a client repeats by default.' },
          reportUnknown: {
            type: 'boolean',
            description: 'Whether to report operations of which nothing can be known.',
          },
        },
      },
    ],
    defaultOptions: [{ implicit: false, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        const seen = new Set<TSESTree.Node>();
        for (const scope of facts.retries) {
          if (scope.attempts !== null && scope.attempts < 2) continue;
          if (scope.kind === 'interceptor') resent(scope, context);
          for (const reached of facts.reachedBy(scope).calls) {
            if (seen.has(reached.report)) continue;
            if (judge(facts, scope, reached, options, context)) {
              seen.add(reached.call.node);
              seen.add(reached.report);
            }
          }
        }
        for (const call of facts.calls) if (!seen.has(call.node)) byDefault(facts, call, options, context);
      },
    };
  },
});

/** Judges one operation of a scope; whether it was reported. */
function judge(
  facts: Facts,
  scope: RetryScope,
  reached: Reached,
  options: Options,
  context: Context<MessageId, Options>,
): boolean {
  const { call } = reached;
  // What a transaction has done is undone before it is run again.
  if (scope.transaction === call.library || (scope.transaction === 'store' && call.library.family === 'store'))
    return false;
  // Nothing was done before a refusal.
  if (scope.refusedOnly === true) return false;
  const { effect, method } = effectOf(facts.evaluator, call, reached.env);
  if (method !== null && scope.methods && !scope.methods.includes(method)) return false;
  if (effect === 'unknown' && options.reportUnknown) {
    describe(facts, scope, reached, 'unknown', { kind: 'none' }, context);
    return true;
  }
  if (effect !== 'non-idempotent-write') return false;
  const key = keyOf(facts.evaluator, call, regionsOf(scope, facts.reachedBy(scope)), reached.env);
  // A client's own key lives as long as one call: it covers its own attempts only.
  if (scope.kind === 'client' && keySpec(call)?.automatic === true && key.kind === 'none') return false;
  const id =
    key.kind === 'none'
      ? 'noKey'
      : key.kind === 'unstable'
        ? 'unstableKey'
        : key.kind === 'unknown' && options.reportUnknown
          ? 'unknown'
          : null;
  if (id === null) return false;
  describe(facts, scope, reached, id, key, context);
  return true;
}

function describe(
  facts: Facts,
  scope: RetryScope,
  reached: Reached,
  messageId: ReportId,
  key: Key,
  context: Context<MessageId, Options>,
): void {
  const { call, chain } = reached;
  const downstream = downstreamOfCall(facts.evaluator, call);
  const unstable = key.kind === 'unstable' && key.module === facts.module ? key.node : null;
  const fix =
    messageId === 'noKey'
      ? chain.length === 0
        ? addKey(facts, context.sourceCode, scope, call)
        : null
      : unstable
        ? hoistKey(facts, context.sourceCode, scope, unstable)
        : null;
  report(
    context,
    {
      node: unstable ?? reached.report,
      messageId,
      data: {
        operation: operationText(call),
        chain: chain.length === 0 ? '' : ` (by ${chain.join(' → ')})`,
        scope: scope.name,
        client: call.library.name,
        downstream: downstream ?? 'the other side',
        remedy: fix
          ? messageId === 'noKey'
            ? ` Send \`${fix.text}\`.`
            : ' Make it once, before the first attempt.'
          : '',
      },
      ...mendsOf(facts, [
        fix && {
          edits: fix.edits,
          suggestion: messageId === 'noKey' ? 'addKey' : 'hoistKey',
          data: { text: fix.text },
          choice: fix.choice,
        },
      ]),
    },
    { client: call.library.name, downstream, evidence: [...evidenceOf(call), scope] },
  );
}

/** An interceptor that sends again whatever failed. */
function resent(scope: RetryScope, context: Context<MessageId, Options>): void {
  if (scope.methods) return;
  report(
    context,
    {
      node: scope.head.node,
      messageId: 'noKey',
      data: {
        operation: 'Every request, POST too,',
        chain: '',
        scope: scope.name,
        downstream: 'the other side',
        remedy: '',
      },
    },
    { client: null, downstream: null, evidence: [scope] },
  );
}

/** What a client repeats by its own options or defaults. */
function byDefault(facts: Facts, call: DownstreamCall, options: Options, context: Context<MessageId, Options>): void {
  const retry = implicitRetry(facts.evaluator, call);
  if (!retry || (!retry.explicit && !options.implicit)) return;
  if (effectOf(facts.evaluator, call).effect !== 'non-idempotent-write') return;
  const spec = keySpec(call);
  if (spec?.automatic === true || keyOf(facts.evaluator, call, []).kind !== 'none') return;
  const downstream = downstreamOfCall(facts.evaluator, call);
  report(
    context,
    {
      node: calleeOf(call.node),
      messageId: retry.explicit ? 'noKey' : 'implicitRetry',
      data: {
        operation: operationText(call),
        chain: '',
        scope: `${call.library.name}, as it is set up,`,
        client: call.library.name,
        downstream: downstream ?? 'the other side',
        times: retry.attempts === null ? '' : `, up to ${retry.attempts} times`,
        remedy: '',
      },
    },
    { client: call.library.name, downstream, evidence: evidenceOf(call) },
  );
}

function operationText(call: DownstreamCall): string {
  const name = call.name === '()' ? call.library.name : `${call.library.name} \`${call.name}\``;
  return name.startsWith('the ') ? `T${name.slice(1)}` : name;
}

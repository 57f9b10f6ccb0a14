/**
 * A circuit breaker that never opens, or that opens for the wrong reason, is worse than none: everybody believes that it is
 * there. A breaker made for each call forgets what it has seen; one shared by two services closes off the healthy one.
 */
import type { Facts } from '../src/analysis/analyze.js';
import type { MisuseFact } from '../src/analysis/isolation/misuses.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { mendMisuse } from '../src/fixes/policies.js';
import { evidenceOf, factsOf, mendsOf, report, type Mend } from '../src/rule-context.js';

export interface Options {
  /** Report breakers without a minimum of calls, and retries that repeat a breaker's own rejection. */
  tuning: boolean;
  /** Report guards of which nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = MisuseFact['kind'];
type MessageId = ReportId | 'mend';

export default defineRule<Options, MessageId>({
  name: 'no-misused-guard',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow circuit breakers and other policies that guard nothing',
      recommended: 'recommended',
      strictOptions: { tuning: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      perCall: 'This breaker is made for each call, so that it never opens. Make it once, outside the function.',
      sharedAcross:
        'One breaker for {{detail}}: when one of them fails, the other is not called either. Give each its own.',
      ignoredSignal:
        'This timeout only aborts its signal, and the operation does not use it: nothing ends. Take `{ signal }`, and pass it on.',
      wrongOrder:
        'The breaker is around the retry: it counts one failure for all attempts, and does not stop those that follow. Put the retry outside.',
      hidesFailures:
        'The breaker never sees a failure of this: something inside it turns each into a result. Put the fallback outside the breaker.',
      noMinimum: 'This breaker opens after a single failure when few calls are made. Set `volumeThreshold`.',
      retriesOpenBreaker:
        'The retry repeats what the open breaker rejects. Let it handle everything but `BrokenCircuitError`.',
      unknown: 'Whether this guards anything cannot be known: {{detail}}.',
      mend: 'Make it guard.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          tuning: {
            type: 'boolean',
            description: 'Whether to report breakers without a minimum of calls, and retries of an open breaker.',
          },
          reportUnknown: { type: 'boolean', description: 'Whether to report guards of which nothing can be known.' },
        },
      },
    ],
    defaultOptions: [{ tuning: false, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        for (const fact of facts.isolation.misuses) {
          const { kind } = fact;
          if ((kind === 'noMinimum' || kind === 'retriesOpenBreaker') && !options.tuning) continue;
          if (kind === 'unknown' && !options.reportUnknown) continue;
          describe(facts, fact, context);
        }
      },
    };
  },
});

function describe(facts: Facts, fact: MisuseFact, context: Context<MessageId, Options>): void {
  const edits = mendMisuse(facts, context.sourceCode, fact);
  const mend: Mend<MessageId> | null = edits && { edits, suggestion: 'mend', data: {}, choice: false };
  report(
    context,
    { node: fact.report, messageId: fact.kind, data: { detail: fact.detail }, ...mendsOf(facts, [mend]) },
    {
      client: fact.call?.library.name ?? fact.policy.library.name,
      downstream: null,
      evidence: [...evidenceOf(fact.call), { node: fact.node, module: facts.module }],
    },
  );
}

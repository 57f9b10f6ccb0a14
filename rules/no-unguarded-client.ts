/**
 * A timeout makes one call to a failing downstream short; it does not make it rare. Each request still waits for it, and for
 * the next one. A circuit breaker stops calling what does not answer, and tries again later.
 */
import type { Facts } from '../src/analysis/analyze.js';
import type { UnguardedFact } from '../src/analysis/isolation/guards.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { guardDownstream, type GuardFix } from '../src/fixes/policies.js';
import { factsOf, mendsOf, report, type Mend } from '../src/rule-context.js';

export interface Options {
  /** `policy-known`: only where the project shows that it guards its calls. */
  when: 'policy-known' | 'always';
  /** Report downstreams that may be guarded. */
  reportUnknown: boolean;
}

type MessageId = 'unguarded' | 'unknown' | 'addPolicy' | 'addCockatiel' | 'addOpossum';

export default defineRule<Options, MessageId>({
  name: 'no-unguarded-client',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require downstream calls to run in a circuit breaker',
      recommended: 'recommended',
      strictOptions: { when: 'always', reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      unguarded:
        'Nothing stops calling {{downstream}} when it fails: {{uses}} outside any circuit breaker. Run {{them}} in a policy that has one.',
      unknown: 'Whether a circuit breaker is around the calls of {{downstream}} cannot be known.',
      addPolicy: 'Run every call of it in the policy of the project.',
      addCockatiel: 'Run every call of it in a breaker of cockatiel (`npm install cockatiel`).',
      addOpossum: 'Run every call of it in a breaker of opossum (`npm install opossum`).',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          when: {
            type: 'string',
            enum: ['policy-known', 'always'],
            description: 'Whether to report in projects that show no policy, and stores and queues.',
          },
          reportUnknown: { type: 'boolean', description: 'Whether to report downstreams that may be guarded.' },
        },
      },
    ],
    defaultOptions: [{ when: 'policy-known', reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        if (options.when === 'policy-known' && !facts.isolation.knowsPolicy) return;
        for (const fact of facts.isolation.unguarded) {
          if (options.when === 'policy-known' && !/^(?:http|rpc|sdk)$/.test(fact.family)) continue;
          if (fact.verdict === 'unguarded' || options.reportUnknown) describe(facts, fact, context);
        }
      },
    };
  },
});

const suggestions = { policy: 'addPolicy', cockatiel: 'addCockatiel', opossum: 'addOpossum' } as const;

function describe(facts: Facts, fact: UnguardedFact, context: Context<MessageId, Options>): void {
  const fixes = fact.verdict === 'unguarded' ? guardDownstream(facts, context.sourceCode, fact) : [];
  const mends = fixes.map(({ by, edits }: GuardFix): Mend<MessageId> => ({
    edits,
    suggestion: suggestions[by],
    data: {},
    choice: by !== 'policy',
  }));
  const count = fact.calls.length;
  report(
    context,
    {
      node: fact.report,
      messageId: fact.verdict,
      data: {
        downstream: fact.downstream ?? fact.client,
        uses: count === 1 ? 'it is called' : `it is called ${count} times`,
        them: count === 1 ? 'it' : 'them',
      },
      ...mendsOf(facts, mends),
    },
    { client: fact.client, downstream: fact.downstream, evidence: fact.calls },
  );
}

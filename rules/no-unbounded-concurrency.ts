/**
 * `Promise.all` over a list starts everything at once. With ten orders in a test that is fast; with ten thousand it is an
 * attack on the downstream, which answers with 429 or not at all, and on this process, whose sockets and memory run out.
 */
import type { Facts } from '../src/analysis/analyze.js';
import { calleeOf } from '../src/analysis/calls.js';
import { downstreamOfCall } from '../src/analysis/downstreams.js';
import type { FanOutFact } from '../src/analysis/isolation/fan-out.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { limitFanOut } from '../src/fixes/limiters.js';
import { evidenceOf, factsOf, mendsOf, report, type Mend } from '../src/rule-context.js';

export interface Options {
  /** How many elements a collection of known size may have. */
  maxLiteral: number;
  /** Report collections of whose size nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = 'unbounded' | 'limiterWithoutLimit' | 'unknown';
type MessageId = ReportId | 'addLimiter' | 'addLimit';

export default defineRule<Options, MessageId>({
  name: 'no-unbounded-concurrency',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow starting downstream calls for all elements of a collection at once',
      recommended: 'recommended',
      strictOptions: { reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      unbounded:
        'This calls {{downstream}} for all elements at once, however many there are. Limit it to {{limit}} at a time with {{limiter}}{{install}}.',
      limiterWithoutLimit:
        'This limiter has no limit: all calls of {{downstream}} run at once. Set `{{option}}: {{limit}}`.',
      unknown: 'How many calls of {{downstream}} this starts at once cannot be known: {{why}}.',
      addLimiter: 'Limit it to {{limit}} at a time with {{limiter}}{{install}}.',
      addLimit: 'Set `{{option}}: {{limit}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          maxLiteral: {
            type: 'integer',
            minimum: 0,
            description: 'How many elements a collection of known size may have.',
          },
          reportUnknown: {
            type: 'boolean',
            description: 'Whether to report collections of whose size nothing can be known.',
          },
        },
      },
    ],
    defaultOptions: [{ maxLiteral: 16, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        for (const fact of facts.isolation.fanOuts) {
          if (fact.size.kind === 'known' && fact.size.count <= options.maxLiteral) continue;
          if (fact.verdict === 'unknown' && !options.reportUnknown) continue;
          describe(facts, fact, context);
        }
      },
    };
  },
});

function describe(facts: Facts, fact: FanOutFact, context: Context<MessageId, Options>): void {
  const { call, node, verdict } = fact;
  const downstream = downstreamOfCall(facts.evaluator, call);
  const limit = String(facts.settings.concurrency);
  const fix =
    verdict === 'unknown' ? null : limitFanOut(context.sourceCode, fact, facts.settings.concurrency, facts.module);
  const data = {
    downstream: downstream ?? call.library.name,
    limit,
    limiter: fix?.package ?? 'p-limit',
    install: fix?.installed === true ? '' : ' (`npm install p-limit`)',
    option: fact.policy?.policy.concurrency?.option ?? 'concurrency',
    why: fact.why,
  };
  const mend: Mend<MessageId> | null = fix && {
    edits: fix.edits,
    suggestion: verdict === 'limiterWithoutLimit' ? 'addLimit' : 'addLimiter',
    data,
    choice: !fix.installed,
  };
  report(
    context,
    { node: calleeOf(node), messageId: verdict, data, ...mendsOf(facts, [mend]) },
    { client: call.library.name, downstream, evidence: evidenceOf(call) },
  );
}

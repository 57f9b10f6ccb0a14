/**
 * `fetch` resolves when an answer arrives, whatever it says. A 500 with an error page, or a 404 with `{ "message": … }`,
 * travels on as if it were data: undefined fields end up in a database, an empty list looks like "nothing there", and the
 * failure shows somewhere else, later.
 */
import { calleeOf } from '../src/analysis/calls.js';
import type { Facts } from '../src/analysis/analyze.js';
import { downstreamOfCall } from '../src/analysis/downstreams.js';
import type { StatusFact } from '../src/analysis/isolation/statuses.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { guardStatus } from '../src/fixes/statuses.js';
import { evidenceOf, factsOf, mendsOf, report, type Mend } from '../src/rule-context.js';

export interface Options {
  /** Report answers of which nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = 'unchecked' | 'onlyLogged' | 'unknown';
type MessageId = ReportId | 'addCheck';

export default defineRule<Options, MessageId>({
  name: 'require-status-check',
  meta: {
    type: 'problem',
    docs: {
      description: 'require a look at the status of an answer before its body is used',
      recommended: 'recommended',
      strictOptions: { reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      unchecked:
        '{{client}} does not reject when {{downstream}} answers with an error: the body is used without a look at the status. Throw unless `{{test}}`.',
      onlyLogged:
        'The status that {{downstream}} answers with is only logged: the body of an error is used as if it were data. Throw unless `{{test}}`.',
      unknown: 'Whether anybody looks at the status that {{downstream}} answers with cannot be known: {{why}}.',
      addCheck: 'Throw when the status says that the request failed.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          reportUnknown: { type: 'boolean', description: 'Whether to report answers of which nothing can be known.' },
        },
      },
    ],
    defaultOptions: [{ reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        for (const fact of facts.isolation.statuses) {
          const { kind } = fact.verdict;
          if (kind === 'unchecked' || kind === 'onlyLogged' || (kind === 'unknown' && options.reportUnknown))
            describe(facts, fact, kind, context);
        }
      },
    };
  },
});

function describe(facts: Facts, fact: StatusFact, messageId: ReportId, context: Context<MessageId, Options>): void {
  const { call, node, verdict } = fact;
  const downstream = downstreamOfCall(facts.evaluator, call);
  const edits = messageId === 'unknown' ? null : guardStatus(context.sourceCode, fact, downstream, facts.module);
  const uses = 'uses' in verdict ? verdict.uses : [];
  const mend: Mend<MessageId> | null = edits && {
    edits,
    suggestion: 'addCheck',
    data: {},
    // Where what is missing in the body has a stand-in, a failure may be meant to be one too.
    choice: uses.some(({ kind }) => kind !== 'plain'),
  };
  report(
    context,
    {
      node: calleeOf(node),
      messageId,
      data: {
        client: call.library.name,
        downstream: downstream ?? 'the other side',
        test: call.library.name === 'undici' && call.name !== 'fetch' && call.name !== '()' ? 'statusCode < 400' : 'ok',
        why: verdict.kind === 'unknown' ? verdict.why : '',
      },
      ...mendsOf(facts, [mend]),
    },
    { client: call.library.name, downstream, evidence: evidenceOf(call) },
  );
}

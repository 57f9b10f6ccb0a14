/**
 * A catch that leaves nothing behind turns an outage into wrong data: an empty list means "no orders", `null` means "no such
 * user", and nobody is told otherwise. The failure has happened; what is lost is that anybody can know.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../src/analysis/analyze.js';
import { downstreamOfCall } from '../src/analysis/downstreams.js';
import type { FailureFact } from '../src/analysis/isolation/failures.js';
import { unwrap } from '../src/analysis/module.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { tellFailure } from '../src/fixes/failures.js';
import { evidenceOf, factsOf, mendsOf, report, type Mend } from '../src/rule-context.js';

export interface Options {
  /** Report handlers that log a failure, and so go on after an abort as well. */
  cancellation: boolean;
  /** Report handlers of which it cannot be known whether they are meant. */
  reportUnknown: boolean;
}

type ReportId = 'swallowed' | 'unreadSettled' | 'cancellationSwallowed' | 'unknown';
type MessageId = ReportId | 'addOnFailure' | 'addRethrow' | 'addLog';

export default defineRule<Options, MessageId>({
  name: 'no-swallowed-failure',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow handlers after which nobody can tell that a downstream call failed',
      recommended: 'recommended',
      strictOptions: { cancellation: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      swallowed:
        'When {{downstream}} fails, nobody can tell: this leaves what a success would. Log it, rethrow it, or say by the result that it failed.',
      unreadSettled:
        'Nobody reads which of these calls of {{downstream}} failed. Go through the results, and tell of those that were rejected.',
      cancellationSwallowed:
        'This goes on after an abort as after any other failure of {{downstream}}. Rethrow when the signal is aborted.',
      unknown: 'Whether a failure of {{downstream}} may vanish here cannot be known: {{why}}.',
      addOnFailure: 'Tell of the failure: `{{text}}`',
      addRethrow: 'Throw an error that has this one as its cause.',
      addLog: 'Log the failure.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          cancellation: {
            type: 'boolean',
            description: 'Whether to report handlers that log, and go on after an abort as well.',
          },
          reportUnknown: { type: 'boolean', description: 'Whether to report handlers that may be meant.' },
        },
      },
    ],
    defaultOptions: [{ cancellation: false, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        for (const fact of facts.isolation.failures) {
          if (fact.verdict === 'cancellationSwallowed' && !options.cancellation) continue;
          if (fact.verdict === 'unknown' && !options.reportUnknown) continue;
          describe(facts, fact, context);
        }
      },
    };
  },
});

const suggestions = { onFailure: 'addOnFailure', rethrow: 'addRethrow', log: 'addLog' } as const;

function describe(facts: Facts, fact: FailureFact, context: Context<MessageId, Options>): void {
  const { call, subject, verdict } = fact;
  const downstream = downstreamOfCall(facts.evaluator, call);
  const fixes =
    verdict === 'swallowed' || verdict === 'unreadSettled'
      ? tellFailure(context.sourceCode, fact, facts.settings, downstream, facts.module)
      : [];
  const mends = fixes.map(({ kind, edits, text }): Mend<MessageId> => ({
    edits,
    suggestion: suggestions[kind],
    data: { text },
    choice: kind !== 'onFailure',
  }));
  report(
    context,
    {
      ...placeOf(subject),
      messageId: verdict,
      data: { downstream: downstream ?? call.library.name, why: fact.why },
      ...mendsOf(facts, mends),
    },
    { client: call.library.name, downstream, evidence: evidenceOf(call) },
  );
}

/** The `catch` keyword, or the name of the method. */
function placeOf(subject: FailureFact['subject']): { node: TSESTree.Node; loc: TSESTree.SourceLocation } {
  if (subject.kind === 'clause') {
    const { start } = subject.node.loc;
    return { node: subject.node, loc: { start, end: { line: start.line, column: start.column + 'catch'.length } } };
  }
  const callee = unwrap(subject.node.callee);
  const node = subject.kind === 'handler' && callee.type === 'MemberExpression' ? callee.property : callee;
  return { node, loc: node.loc };
}

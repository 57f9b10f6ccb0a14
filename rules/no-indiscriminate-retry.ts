/**
 * A request that is refused because it is wrong is refused again, however often it is sent: retries of 400, 401 or 404 cost time, hide
 * the mistake, and count against the limit of requests. And what the caller has given up, or the other side has asked to be left alone
 * for, is not to be tried again at once.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../src/analysis/analyze.js';
import type { RetryScope } from '../src/analysis/retries/scope.js';
import { letsEverythingThrough } from '../src/analysis/retries/selectivity.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { rethrowAbort } from '../src/fixes/retries.js';
import { factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report retries of whose failures nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = 'everything' | 'retriesAbort' | 'ignoresRetryAfter' | 'unknown';
type MessageId = ReportId | 'rethrow';

export default defineRule<Options, MessageId>({
  name: 'no-indiscriminate-retry',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow retries of what cannot succeed',
      recommended: 'strict',
      strictOptions: { reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      everything:
        '{{name}} repeats every failure, also those that no further attempt can mend, such as a request that is refused because it is wrong.',
      retriesAbort:
        '{{name}} goes on when its caller has given up: an abort is repeated like any other failure.{{remedy}}',
      ignoresRetryAfter:
        '{{name}} repeats an answer of 429 without a look at how long the other side asks to be left alone (`Retry-After`).',
      unknown: 'Which failures {{name}} repeats cannot be known.',
      rethrow: 'Let an abort through: `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          reportUnknown: {
            type: 'boolean',
            description: 'Whether to report retries of whose failures nothing can be known.',
          },
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
        for (const scope of facts.retries) {
          if (scope.elsewhere || !scope.explicit || (scope.attempts !== null && scope.attempts < 2)) continue;
          const id = problemOf(scope, facts, options);
          if (id) describe(facts, scope, id, context);
        }
      },
    };
  },
});

/** What a scope should not repeat, and does; `null` where nothing is wrong. */
function problemOf(scope: RetryScope, facts: Facts, options: Options): ReportId | null {
  const { failures, abort, retryAfter } = scope.selectivity;
  if (abort === true) return 'retriesAbort';
  if (retryAfter === false) return 'ignoresRetryAfter';
  if (failures === 'everything') return letsEverythingThrough(scope, facts.reachedBy(scope)) ? 'everything' : null;
  return failures === 'unknown' && options.reportUnknown && scope.kind !== 'client' ? 'unknown' : null;
}

function describe(facts: Facts, scope: RetryScope, messageId: ReportId, context: Context<MessageId, Options>): void {
  const fix = messageId === 'retriesAbort' ? rethrowAbort(context.sourceCode, scope) : null;
  const place: { node: TSESTree.Node; loc?: TSESTree.SourceLocation } = scope.head;
  report(
    context,
    {
      ...place,
      messageId,
      data: {
        name: scope.name.startsWith('this ') ? `T${scope.name.slice(1)}` : scope.name,
        remedy: fix ? ` Write \`${fix.text}\`.` : '',
      },
      ...mendsOf(facts, [
        fix && { edits: fix.edits, suggestion: 'rethrow', data: { text: fix.text }, choice: fix.choice },
      ]),
    },
    { client: scope.name, downstream: null, evidence: [scope] },
  );
}

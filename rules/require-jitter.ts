/**
 * A thousand clients that fail in the same second, and wait 1, 2 and 4 seconds, come back in the same second three times:
 * backoff alone keeps them in step. A random part of the wait spreads them.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../src/analysis/analyze.js';
import { blamed, isSingle, realWaits } from '../src/analysis/retries/judge.js';
import type { RetryScope, Wait } from '../src/analysis/retries/scope.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { addJitter } from '../src/fixes/retries.js';
import { factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report waits of which less than a tenth is random. */
  weak: boolean;
  /** Report the wait before one single further attempt. */
  single: boolean;
  /** Report waits of which nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = 'missing' | 'clipped' | 'weak' | 'single' | 'unknown';
type MessageId = ReportId | 'addJitter';

export default defineRule<Options, MessageId>({
  name: 'require-jitter',
  meta: {
    type: 'problem',
    docs: {
      description: 'require the growing waits between attempts of a retry to be random',
      recommended: 'recommended',
      strictOptions: { weak: true, single: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      missing:
        'The waits of {{name}} are the same for everyone{{waits}}: callers that failed together come back together.{{remedy}}',
      clipped:
        'The random part of this wait is cut off by its cap: once the cap is reached, callers come back together.{{remedy}}',
      weak: 'Less than a tenth of this wait is random: callers that failed together come back almost together.{{remedy}}',
      single: 'The wait before the one further attempt of {{name}} is the same for everyone.{{remedy}}',
      unknown: 'Whether the waits of {{name}} are random cannot be known.',
      addJitter: 'Write `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          weak: { type: 'boolean', description: 'Whether to report waits of which less than a tenth is random.' },
          single: { type: 'boolean', description: 'Whether to report the wait before one single further attempt.' },
          reportUnknown: { type: 'boolean', description: 'Whether to report waits of which nothing can be known.' },
        },
      },
    ],
    defaultOptions: [{ weak: false, single: false, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        for (const scope of facts.retries) {
          if (!scope.explicit || (scope.attempts !== null && scope.attempts < 2)) continue;
          if (scope.elsewhere) {
            const known = { ...options, reportUnknown: false };
            for (const wait of realWaits(scope)) {
              const id = problemOf(scope, wait, known);
              const node =
                id && blamed(scope, (other) => realWaits(other).some((one) => problemOf(other, one, known) === id));
              if (node) describe(facts, scope, wait, id, context, node);
            }
            continue;
          }
          for (const wait of realWaits(scope)) {
            const id = problemOf(scope, wait, options);
            if (id) describe(facts, scope, wait, id, context);
          }
        }
      },
    };
  },
});

/** What is wrong with a wait, or `null`. A constant wait is the business of `require-backoff`. */
function problemOf(scope: RetryScope, { growth, jitter }: Wait, options: Options): ReportId | null {
  if (isSingle(scope)) return jitter === 'none' && options.single ? 'single' : null;
  if (growth === 'constant' || growth === 'server') return null;
  switch (jitter) {
    case 'none':
      return growth === 'unknown' ? null : 'missing';
    case 'clipped':
      return 'clipped';
    case 'weak':
      return options.weak ? 'weak' : null;
    case 'unknown':
      return options.reportUnknown ? 'unknown' : null;
    default:
      return null;
  }
}

function describe(
  facts: Facts,
  scope: RetryScope,
  wait: Wait,
  messageId: ReportId,
  context: Context<MessageId, Options>,
  given: TSESTree.Node | null = null,
): void {
  const fix = messageId === 'unknown' || given ? null : addJitter(facts, context.sourceCode, scope, wait);
  const first = wait.samples.slice(0, 3).map((ms) => String(Math.round(ms)));
  report(
    context,
    {
      node: given ?? wait.report,
      messageId,
      data: {
        name: scope.name,
        waits: first.length > 1 ? ` (${first.join(', ')}${wait.samples.length > 3 ? ', …' : ''} ms)` : '',
        remedy: fix ? ` Write \`${fix.text}\`.` : '',
      },
      ...mendsOf(facts, [
        fix && { edits: fix.edits, suggestion: 'addJitter', data: { text: fix.text }, choice: fix.choice },
      ]),
    },
    { client: scope.name, downstream: null, evidence: [scope] },
  );
}

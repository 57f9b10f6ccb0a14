/**
 * A service that struggles is asked again at once, and again: each caller turns one request into several just when there is
 * least room for them. Waits that grow give it time to come back; waits of one length do not, since callers that failed
 * together come back together.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../src/analysis/analyze.js';
import { blamed, isSingle, realWaits, waitsForNothing } from '../src/analysis/retries/judge.js';
import type { RetryScope, Wait } from '../src/analysis/retries/scope.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { addBackoff } from '../src/fixes/retries.js';
import { factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report waits that grow by the same amount each time. */
  weak: boolean;
  /** Report scopes that make one single further attempt. */
  single: boolean;
  /** Report waits of which nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = 'none' | 'constant' | 'weak' | 'single' | 'unknown';
type MessageId = ReportId | 'addBackoff';

export default defineRule<Options, MessageId>({
  name: 'require-backoff',
  meta: {
    type: 'problem',
    docs: {
      description: 'require the waits between attempts of a retry to grow',
      recommended: 'recommended',
      strictOptions: { weak: true, single: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      none: '{{name}} tries again without a wait: what is overloaded gets {{times}} the requests at once.{{remedy}}',
      constant:
        'Every wait between attempts is as long as the one before ({{wait}}): callers that failed together come back together.{{remedy}}',
      weak: 'The waits between attempts grow by the same amount each time; doubled, they leave what is overloaded more room.{{remedy}}',
      single: 'The one further attempt of {{name}} comes {{when}}.{{remedy}}',
      unknown: 'Whether {{name}} waits longer before each further attempt cannot be known.',
      addBackoff: 'Write `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          weak: { type: 'boolean', description: 'Whether to report waits that grow by the same amount each time.' },
          single: { type: 'boolean', description: 'Whether to report a retry that makes one single further attempt.' },
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
          if (!scope.explicit) continue;
          if (scope.elsewhere) {
            const known = { ...options, reportUnknown: false };
            for (const { id, wait } of problemsOf(scope, known)) {
              const node = blamed(scope, (other) => problemsOf(other, known).some((problem) => problem.id === id));
              if (node) describe(facts, scope, wait, id, context, node);
            }
            continue;
          }
          for (const { id, wait } of problemsOf(scope, options)) describe(facts, scope, wait, id, context);
        }
      },
    };
  },
});

interface Problem {
  readonly id: ReportId;
  readonly wait: Wait | null;
}

/** What is wrong with the waits of a scope. */
function problemsOf(scope: RetryScope, options: Options): readonly Problem[] {
  if (scope.attempts !== null && scope.attempts < 2) return [];
  if (waitsForNothing(scope)) {
    if (isSingle(scope)) return options.single ? [{ id: 'single', wait: null }] : [];
    return [{ id: 'none', wait: null }];
  }
  const waits = realWaits(scope);
  if (isSingle(scope)) return [];
  return waits.flatMap((wait): Problem[] => {
    if (wait.growth === 'constant') return [{ id: 'constant', wait }];
    if (wait.growth === 'linear' && options.weak) return [{ id: 'weak', wait }];
    return wait.growth === 'unknown' && options.reportUnknown ? [{ id: 'unknown', wait }] : [];
  });
}

function describe(
  facts: Facts,
  scope: RetryScope,
  wait: Wait | null,
  messageId: ReportId,
  context: Context<MessageId, Options>,
  given: TSESTree.Node | null = null,
): void {
  const fix = messageId === 'unknown' || given ? null : addBackoff(facts, context.sourceCode, scope, wait);
  const place = given ? { node: given } : wait ? { node: wait.report } : scope.head;
  const ms = wait?.samples[0];
  report(
    context,
    {
      ...place,
      messageId,
      data: {
        name: capitalised(scope.name),
        times: scope.attempts === null ? 'many times' : `${scope.attempts} times`,
        wait: ms === undefined ? 'of one length' : `${ms} ms`,
        when: 'at once',
        remedy: fix ? ` Write \`${fix.text}\`.` : '',
      },
      ...mendsOf(facts, [
        fix && { edits: fix.edits, suggestion: 'addBackoff', data: { text: fix.text }, choice: fix.choice },
      ]),
    },
    { client: scope.name, downstream: null, evidence: [scope] },
  );
}

/** The beginning of a sentence; the names of libraries stay as they are. */
function capitalised(name: string): string {
  return name.startsWith('this ') ? `T${name.slice(1)}` : name;
}

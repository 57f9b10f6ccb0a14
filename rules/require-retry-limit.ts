/**
 * A retry without an end turns an outage of minutes into one of hours: the caller holds its request, its memory and its
 * place in the queue, and what comes back is met by everything that has gathered meanwhile.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../src/analysis/analyze.js';
import {
  blamed,
  durationText,
  growsTooLong,
  isWellPaced,
  longestWait,
  realWaits,
  runsRequest,
} from '../src/analysis/retries/judge.js';
import type { RetryScope, Wait } from '../src/analysis/retries/scope.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { capWaits, limitAttempts } from '../src/fixes/retries.js';
import { factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report scopes of whose end nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = 'unbounded' | 'unreachable' | 'uncapped' | 'fatal' | 'unknown';
type MessageId = ReportId | 'addLimit';

export default defineRule<Options, MessageId>({
  name: 'require-retry-limit',
  meta: {
    type: 'problem',
    docs: {
      description: 'require retries to end, and their waits to stop growing',
      recommended: 'recommended',
      strictOptions: { reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      unbounded: 'Nothing ends the attempts of {{name}}: as long as it fails, it is tried again.{{remedy}}',
      unreachable:
        'The limit of {{name}} is not always reached: there is a way into the next attempt that does not count it.{{remedy}}',
      uncapped: 'The waits of {{name}} grow to {{longest}}.{{remedy}}',
      fatal: '{{name}} cannot take this many attempts: the process runs out of memory before the first one.{{remedy}}',
      unknown: 'Whether the attempts of {{name}} end cannot be known.',
      addLimit: 'Write `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          reportUnknown: {
            type: 'boolean',
            description: 'Whether to report retries of whose end nothing can be known.',
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
          if (!scope.explicit) continue;
          if (scope.elsewhere) {
            const known = { ...options, reportUnknown: false };
            const given = limitProblem(facts, scope, known);
            const node = given && blamed(scope, (other) => limitProblem(facts, other, known) === given);
            if (node) describe(facts, scope, given, null, context, node);
            continue;
          }
          const id = limitProblem(facts, scope, options);
          if (id) describe(facts, scope, id, null, context);
          if (scope.limit === 'unbounded' || scope.limit === 'unreachable' || scope.limit === 'fatal') continue;
          const wait = realWaits(scope).find((candidate) => growsTooLong(scope, candidate, facts.settings.maxWaitMs));
          if (wait) describe(facts, scope, 'uncapped', wait, context);
        }
      },
    };
  },
});

/** What is wrong with the number of attempts, or `null`. */
function limitProblem(facts: Facts, scope: RetryScope, options: Options): ReportId | null {
  switch (scope.limit) {
    case 'fatal':
    case 'unreachable':
      return scope.limit;
    case 'unbounded':
      // To reconnect for as long as it takes is right, at a pace that nobody minds.
      return isWellPaced(scope) && !runsRequest(scope, facts.reachedBy(scope)) ? null : 'unbounded';
    case 'unknown':
      return options.reportUnknown ? 'unknown' : null;
    default:
      return null;
  }
}

function describe(
  facts: Facts,
  scope: RetryScope,
  messageId: ReportId,
  wait: Wait | null,
  context: Context<MessageId, Options>,
  given: TSESTree.Node | null = null,
): void {
  const fix =
    given !== null
      ? null
      : messageId === 'uncapped'
        ? capWaits(facts, context.sourceCode, scope, wait)
        : messageId === 'unknown'
          ? null
          : limitAttempts(facts, context.sourceCode, scope);
  const place = given
    ? { node: given }
    : wait
      ? { node: wait.report }
      : scope.limitSite && isHere(scope, scope.limitSite)
        ? { node: scope.limitSite }
        : scope.head;
  const longest = wait ? longestWait(wait) : null;
  report(
    context,
    {
      ...place,
      messageId,
      data: {
        name: scope.name,
        longest: longest === null ? 'any length' : durationText(longest),
        remedy: fix ? ` Write \`${fix.text}\`.` : '',
      },
      ...mendsOf(facts, [
        fix && { edits: fix.edits, suggestion: 'addLimit', data: { text: fix.text }, choice: fix.choice },
      ]),
    },
    { client: scope.name, downstream: null, evidence: [scope] },
  );
}

/** Whether a node stands in the scope's own file. */
function isHere(scope: RetryScope, node: { readonly range: readonly [number, number] }): boolean {
  return (
    scope.module.ast.range[0] <= node.range[0] &&
    node.range[1] <= scope.module.ast.range[1] &&
    rootOf(node) === scope.module.ast
  );
}

function rootOf(node: object): unknown {
  let root = node as { parent?: object };
  while (root.parent) root = root.parent;
  return root;
}

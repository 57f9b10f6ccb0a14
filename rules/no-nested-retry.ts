/**
 * Three attempts of an operation that makes three attempts are nine, and four layers make eighty-one: each layer was written for one
 * bad minute, and together they keep what is down from coming back, while the caller waits for the sum.
 */
import type { Facts } from '../src/analysis/analyze.js';
import { downstreamOfCall } from '../src/analysis/downstreams.js';
import { durationText } from '../src/analysis/retries/judge.js';
import { nestedIn, type Nested } from '../src/analysis/retries/nesting.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { switchOff } from '../src/fixes/retries.js';
import { evidenceOf, factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report retries around a client that retries by default. */
  implicit: boolean;
  /** Report retries around a client of whose retries nothing can be known. */
  reportUnknown: boolean;
}

type ReportId = 'nested' | 'implicitNested' | 'unknown';
type MessageId = ReportId | 'switchOff';

export default defineRule<Options, MessageId>({
  name: 'no-nested-retry',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow retries around what already retries',
      recommended: 'recommended',
      strictOptions: { implicit: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      nested:
        '{{outer}} runs again what {{inner}} runs again already{{chain}}: {{product}}{{wait}}. Leave it to one of them.{{remedy}}',
      implicitNested:
        '{{outer}} runs again what {{inner}} runs again by default{{chain}}: {{product}}{{wait}}.{{remedy}}',
      unknown: '{{outer}} runs again what {{inner}} may run again too{{chain}}: how it is set up cannot be known.',
      switchOff: 'Switch the inner retry off: `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          implicit: {
            type: 'boolean',
            description: 'Whether to report retries around a client that retries by default.',
          },
          reportUnknown: {
            type: 'boolean',
            description: 'Whether to report retries around a client of whose retries nothing can be known.',
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
        const seen = new Set<object>();
        for (const scope of facts.retries) {
          if (scope.attempts !== null && scope.attempts < 2) continue;
          for (const nested of nestedIn(facts.evaluator, scope, facts.reachedBy(scope), facts.retries)) {
            const id = problemOf(nested, facts, options);
            if (!id || seen.has(nested.report.node)) continue;
            seen.add(nested.report.node);
            describe(facts, nested, id, context);
          }
        }
      },
    };
  },
});

/** What is wrong with two retries, or `null`: both are on purpose, or together they are too many, or too long. */
function problemOf(nested: Nested, { settings }: Facts, options: Options): ReportId | null {
  const { product, waitMs, explicit, attempts } = nested;
  if (explicit) return 'nested';
  if ((product !== null && product > settings.maxAttempts) || (waitMs !== null && waitMs > settings.maxWaitMs))
    return 'nested';
  if (attempts === null) return options.reportUnknown ? 'unknown' : null;
  return options.implicit ? 'implicitNested' : null;
}

function describe(facts: Facts, nested: Nested, messageId: ReportId, context: Context<MessageId, Options>): void {
  const { outer, call, chain, product } = nested;
  const downstream = call && downstreamOfCall(facts.evaluator, call);
  const fix = call && messageId !== 'unknown' && chain.length === 0 ? switchOff(facts, context.sourceCode, call) : null;
  const waitMs = worstWait(facts, nested);
  report(
    context,
    {
      ...nested.report,
      messageId,
      data: {
        outer: outer.name.startsWith('this ') ? `T${outer.name.slice(1)}` : outer.name,
        inner: nested.inner,
        chain: chain.length === 0 ? '' : ` (by ${chain.join(' → ')})`,
        product:
          product === null
            ? 'their attempts multiply'
            : `${outer.attempts} × ${nested.attempts} = ${product} requests where one was meant`,
        wait: waitMs === null || waitMs < 1000 ? '' : `, up to ${durationText(waitMs)}`,
        remedy: fix ? ` Write \`${fix.text}\`.` : '',
      },
      ...mendsOf(facts, [
        fix && { edits: fix.edits, suggestion: 'switchOff', data: { text: fix.text }, choice: fix.choice },
      ]),
    },
    {
      client: call?.library.name ?? nested.inner,
      downstream: downstream ?? null,
      evidence: [outer, ...evidenceOf(call)],
    },
  );
}

/** The waits, and the time limits of all attempts where there are some. */
function worstWait(facts: Facts, { call, product, waitMs }: Nested): number | null {
  if (waitMs === null) return null;
  const fact = call && facts.timeouts.find(({ subject }) => subject.kind === 'call' && subject.call.node === call.node);
  if (!fact || product === null) return waitMs;
  const limits = fact.verdict.by.flatMap(({ limit }) =>
    limit.kind === 'limited' && limit.ms !== null ? [limit.ms] : [],
  );
  return limits.length === 0 ? waitMs : waitMs + product * Math.min(...limits);
}

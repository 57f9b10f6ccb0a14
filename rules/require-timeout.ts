/**
 * A downstream that stops answering holds its caller for as long as the caller is willing to wait. Without a bound that
 * is for ever: sockets, connections of a pool and request handlers pile up behind the one call, until the service stops
 * answering its own callers.
 */
import type { Facts } from '../src/analysis/analyze.js';
import type { Verdict } from '../src/analysis/bounds.js';
import { downstreamOfCall, downstreamOfClient } from '../src/analysis/downstreams.js';
import type { TimeoutFact } from '../src/analysis/timeouts.js';
import { isNodeRuntime } from '../src/analysis/versions.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { boundSubject, isTeamsChoice } from '../src/fixes/timeouts.js';
import { evidenceOf, factsOf, mendsOf, report, type Mend } from '../src/rule-context.js';

export interface Options {
  /** `always` also reports calls that rely on a short default of the library. */
  explicit: 'when-long' | 'always';
  /** Report calls whose only bound is a signal or an option that the caller may give. */
  callerOwned: boolean;
  /** Report calls of which nothing can be known. */
  reportUnknown: boolean;
}

type ReportId =
  'missing' | 'longDefault' | 'openPhase' | 'wrapperWithoutDefault' | 'implicit' | 'callerOwned' | 'unknown';
type MessageId = ReportId | 'addBound';

export default defineRule<Options, MessageId>({
  name: 'require-timeout',
  meta: {
    type: 'problem',
    docs: {
      description: 'require every downstream call to have a limit on how long it may take',
      recommended: 'recommended',
      strictOptions: { explicit: 'always', callerOwned: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      missing:
        'Nothing limits how long this may take: when {{downstream}} stops answering, {{client}} waits for ever.{{remedy}}',
      longDefault:
        'Nothing but a default of {{default}} in {{client}} limits how long {{downstream}} may keep this waiting.{{remedy}}',
      openPhase:
        '{{client}} has a limit here, but not on {{phases}}: when {{downstream}} stops answering then, this waits for ever.{{remedy}}',
      wrapperWithoutDefault:
        'This hands the options of its caller to {{client}} without a limit of its own: every caller that gives none waits {{default}} for {{downstream}}.{{remedy}}',
      implicit:
        'Only a default of {{default}} in {{client}} limits how long {{downstream}} may keep this waiting; say how long is right.{{remedy}}',
      callerOwned: 'Only its caller limits how long this call of {{client}} may take, and it need not.',
      unknown: 'Whether anything limits how long this call of {{client}} may take cannot be known: {{why}}.',
      addBound: 'Add `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          explicit: {
            type: 'string',
            enum: ['when-long', 'always'],
            description: 'Whether a short default of the library is enough.',
          },
          callerOwned: { type: 'boolean', description: 'Whether to report calls whose bound is up to the caller.' },
          reportUnknown: { type: 'boolean', description: 'Whether to report calls of which nothing can be known.' },
        },
      },
    ],
    defaultOptions: [{ explicit: 'when-long', callerOwned: false, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || (facts.generated && !options.reportUnknown)) return;
        for (const fact of facts.timeouts) {
          const messageId = problemOf(fact, options, context.filename);
          if (messageId) describe(facts, fact, messageId, context);
        }
      },
    };
  },
});

/** What is wrong with a call or client, or `null`. */
function problemOf({ verdict, withoutDefault }: TimeoutFact, options: Options, filename: string): ReportId | null {
  switch (verdict.kind) {
    case 'missing':
    case 'openPhase':
      return verdict.kind;
    case 'longDefault':
      // Elsewhere than in Node nobody knows of a limit.
      return isNodeRuntime(filename) ? 'longDefault' : 'missing';
    case 'callerOwned':
      if (withoutDefault) return 'wrapperWithoutDefault';
      return options.callerOwned ? 'callerOwned' : null;
    case 'implicit':
      return options.explicit === 'always' ? 'implicit' : null;
    case 'unknown':
      return options.reportUnknown ? 'unknown' : null;
    default:
      return null;
  }
}

function describe(facts: Facts, fact: TimeoutFact, messageId: ReportId, context: Context<MessageId, Options>): void {
  const { subject, verdict } = fact;
  const client = subject.kind === 'construction' ? subject.construction.client : subject.call.client;
  const downstream =
    subject.kind === 'construction'
      ? downstreamOfClient(facts.evaluator, client)
      : downstreamOfCall(facts.evaluator, subject.call);
  const names = [downstream, client.library.name];
  const fix =
    messageId === 'unknown' || messageId === 'callerOwned'
      ? null
      : boundSubject(facts, context.sourceCode, fact, names);
  const mend: Mend<MessageId> | null = fix && {
    edits: fix.edits,
    suggestion: 'addBound',
    data: { text: fix.text },
    choice: isTeamsChoice(facts, subject, fix),
  };
  report(
    context,
    {
      node: fact.report,
      messageId,
      data: {
        client: client.library.name,
        downstream: downstream ?? 'the other side',
        default: waitText(verdict),
        phases: verdict.kind === 'openPhase' ? listed(verdict.phases.map((phase) => phaseNames[phase])) : '',
        why: verdict.kind === 'unknown' ? verdict.why : '',
        remedy: fix ? ` Set \`${fix.text}\`.` : '',
      },
      ...mendsOf(facts, [mend]),
    },
    {
      client: client.library.name,
      downstream,
      evidence:
        subject.kind === 'construction'
          ? [{ node: subject.construction.node, module: facts.module }]
          : evidenceOf(subject.call),
    },
  );
}

const phaseNames = {
  pool: 'waiting for a connection',
  connect: 'connecting',
  handshake: 'the handshake',
  headers: 'waiting for the answer',
  body: 'reading the answer',
};

/** `a, b and c` */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
}

/** How long a call without a bound waits. */
function waitText(verdict: Verdict): string {
  const ms = 'ms' in verdict ? verdict.ms : null;
  if (ms === null) return 'as long as it takes';
  return ms >= 60_000 && ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}

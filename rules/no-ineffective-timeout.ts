/**
 * A limit that does not limit is worse than none: whoever reads the code believes that the call ends. An option that the
 * client ignores, a controller that nobody aborts, a timer that is cleared before the body is read: when the downstream
 * hangs, all of them hang with it.
 */
import { downstreamOfCall, downstreamOfClient } from '../src/analysis/downstreams.js';
import type { BoundFault, IneffectiveBound } from '../src/analysis/ineffective.js';
import type { Facts } from '../src/analysis/analyze.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { mendBound } from '../src/fixes/ineffective.js';
import { needsNewerPlatform } from '../src/fixes/timeouts.js';
import { evidenceOf, factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report bounds that are longer than `maxTimeoutMs`, or than makes sense for the operation. */
  tooLong: boolean;
  /** Report a total limit on an answer that is read as a stream. */
  streams: boolean;
  /** Report bounds of which it cannot be known whether they bind. */
  reportUnknown: boolean;
}

type MessageId = BoundFault | 'mend';

export default defineRule<Options, MessageId>({
  name: 'no-ineffective-timeout',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow limits on downstream calls that do not end them',
      recommended: 'recommended',
      strictOptions: { tooLong: true, streams: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      disabled:
        'This switches the limit of {{client}} off: when {{downstream}} stops answering, the call waits for ever.',
      ignored:
        '{{client}} does nothing with `{{option}}`: when {{downstream}} stops answering, the call goes on waiting.',
      neverAborted: 'Nothing aborts this signal, so it never ends a call of {{client}} to {{downstream}}.',
      clearedEarly:
        'The timer behind this signal is cleared before the body is read: {{downstream}} can send the headers and then hang the call.',
      wrongArgument:
        'These options stand where {{client}} takes the body: they are sent to {{downstream}}, and limit nothing.',
      sharedSignal:
        'This one `AbortSignal.timeout` serves many calls: once it has fired, {{client}} rejects every further one at once. Make one for each call.',
      wrongPhase:
        '`{{option}}` of {{client}} does not limit the wait for the answer: when {{downstream}} stops answering, the call goes on waiting.',
      wrongUnit: '{{client}} takes `{{option}}` in another unit than this value looks like.',
      misread: '{{client}} takes this value of `{{option}}` for something else: the call fails at once, or is refused.',
      leakyRace:
        'The loser of this race runs on, and nothing clears its timer: each slow call leaves a request and a timer behind.',
      betweenIterations:
        'The time is only looked at between the calls: while {{client}} waits for {{downstream}}, this deadline passes unnoticed.',
      tooLong: 'This lets {{downstream}} keep a call of {{client}} waiting longer than is acceptable.',
      lifetimeOnStream: 'This answer is read as a stream: a limit on the whole of it cuts off a healthy one.',
      unknown: 'Whether this limit ends a call of {{client}} cannot be known.',
      mend: 'Write `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          tooLong: { type: 'boolean', description: 'Whether to report bounds that are longer than is acceptable.' },
          streams: { type: 'boolean', description: 'Whether to report a total limit on an answer that is streamed.' },
          reportUnknown: {
            type: 'boolean',
            description: 'Whether to report bounds of which it cannot be known whether they bind.',
          },
        },
      },
    ],
    defaultOptions: [{ tooLong: false, streams: false, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || facts.generated) return;
        for (const fault of facts.ineffective) {
          if (fault.fault === 'tooLong' && !options.tooLong) continue;
          if (fault.fault === 'lifetimeOnStream' && !options.streams) continue;
          if (fault.fault === 'unknown' && !options.reportUnknown) continue;
          describe(context, facts, fault);
        }
      },
    };
  },
});

/** Faults whose mending changes what the team may have meant. */
const choices: readonly BoundFault[] = ['tooLong', 'lifetimeOnStream', 'leakyRace', 'betweenIterations'];

function describe(context: Context<MessageId, Options>, facts: Facts, fault: IneffectiveBound): void {
  const { call, construction } = fault;
  const client = call?.client ?? construction?.client ?? null;
  const downstream = call
    ? downstreamOfCall(facts.evaluator, call)
    : client && downstreamOfClient(facts.evaluator, client);
  const mended = mendBound(facts, context.sourceCode, fault, [downstream, client?.library.name ?? null]);
  report(
    context,
    {
      node: fault.report,
      messageId: fault.fault,
      data: {
        client: client?.library.name ?? 'the client',
        downstream: downstream ?? 'the other side',
        option: fault.bound?.option ?? '',
      },
      ...mendsOf(facts, [
        mended && {
          edits: mended.edits,
          suggestion: 'mend',
          data: { text: mended.text },
          choice: choices.includes(fault.fault) || needsNewerPlatform(facts, mended.text),
        },
      ]),
    },
    { client: client?.library.name ?? null, downstream, evidence: [...evidenceOf(call), construction?.client.site] },
  );
}

/**
 * A caller that gives up says so through a signal. Where the signal is dropped on the way, the work goes on for nobody:
 * the request that was cancelled still holds its connection, its memory and the downstream's attention, and under load
 * the abandoned work crowds out what somebody is waiting for.
 */
import type { Facts } from '../src/analysis/analyze.js';
import { downstreamOfCall } from '../src/analysis/downstreams.js';
import type { DroppedSignal } from '../src/analysis/forwarding.js';
import { isRead } from '../src/analysis/forwarding.js';
import { defineRule, type Context } from '../src/define-rule.js';
import { forwardSignal } from '../src/fixes/signals.js';
import { needsNewerPlatform } from '../src/fixes/timeouts.js';
import { evidenceOf, factsOf, mendsOf, report } from '../src/rule-context.js';

export interface Options {
  /** Report the disconnect signal of a request that is not handed to a write. */
  requestSignals: boolean;
  /** Report calls of which it cannot be known whether they drop a signal. */
  reportUnknown: boolean;
}

type MessageId = 'notForwarded' | 'notForwardedThrough' | 'requestSignalIntoWrite' | 'unknown' | 'forward';

export default defineRule<Options, MessageId>({
  name: 'forward-abort-signal',
  meta: {
    type: 'problem',
    docs: {
      description: 'require a function that receives an abort signal to hand it to the downstream calls that it makes',
      recommended: 'recommended',
      strictOptions: { requestSignals: true, reportUnknown: true },
      requiresTypeChecking: false,
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      notForwarded:
        'This function receives an abort signal and does not hand it to {{client}}: a caller that gives up leaves the call to {{downstream}} running.{{remedy}}',
      notForwardedThrough:
        'This function receives an abort signal and does not hand it to {{chain}}, which would pass it to {{client}}: a caller that gives up leaves the call to {{downstream}} running.',
      requestSignalIntoWrite:
        'The request’s own signal is not handed to {{client}}: when the peer disconnects, this write to {{downstream}} goes on. Hand it on if a write that stops midway is harmless.',
      unknown: 'Whether this call of {{client}} gets the signal that the function receives cannot be known.',
      forward: 'Pass `{{text}}`.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          requestSignals: {
            type: 'boolean',
            description: 'Whether to report a request’s disconnect signal that is not handed to a write.',
          },
          reportUnknown: {
            type: 'boolean',
            description: 'Whether to report calls of which it cannot be known whether they drop a signal.',
          },
        },
      },
    ],
    defaultOptions: [{ requestSignals: false, reportUnknown: false }],
  },
  create(context, options) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts || facts.generated) return;
        for (const dropped of facts.droppedSignals) {
          const messageId = problemOf(facts, dropped, options);
          if (messageId) describe(context, facts, dropped, messageId);
        }
      },
    };
  },
});

function problemOf(facts: Facts, dropped: DroppedSignal, options: Options): MessageId | null {
  const { signal, through, call, certain } = dropped;
  if (!certain) return options.reportUnknown ? 'unknown' : null;
  if (signal.fromRequest && !isRead(facts.evaluator, call)) {
    return options.requestSignals ? 'requestSignalIntoWrite' : null;
  }
  return through.length > 0 ? 'notForwardedThrough' : 'notForwarded';
}

function describe(
  context: Context<MessageId, Options>,
  facts: Facts,
  dropped: DroppedSignal,
  messageId: MessageId,
): void {
  const { call, through } = dropped;
  const downstream = downstreamOfCall(facts.evaluator, call);
  const fix = dropped.certain ? forwardSignal(facts, context.sourceCode, dropped) : null;
  report(
    context,
    {
      node: dropped.report,
      messageId,
      data: {
        client: call.library.name,
        downstream: downstream ?? 'the other side',
        chain: through.map((name) => `\`${name}\``).join(', '),
        remedy: fix ? ` Pass \`${fix.text}\`.` : '',
      },
      ...mendsOf(facts, [
        fix && {
          edits: fix.edits,
          suggestion: 'forward',
          data: { text: fix.text },
          choice: messageId === 'requestSignalIntoWrite' || needsNewerPlatform(facts, fix.text),
        },
      ]),
    },
    { client: call.library.name, downstream, evidence: evidenceOf(call) },
  );
}

/**
 * A downstream that stops answering holds its caller for as long as the caller is willing to wait. Without a bound that
 * is for ever: sockets, connections of a pool and request handlers pile up behind the one call, until the service stops
 * answering its own callers.
 */
import { defineRule } from '../src/define-rule.js';

export interface Options {
  /** `always` also reports calls that rely on a short default of the library. */
  explicit: 'when-long' | 'always';
  /** Report calls whose only bound is a signal or an option that the caller may give. */
  callerOwned: boolean;
  /** Report calls of which nothing can be known. */
  reportUnknown: boolean;
}

type MessageId = 'missing';

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
    messages: { missing: 'todo' },
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
  create() {
    return {};
  },
});

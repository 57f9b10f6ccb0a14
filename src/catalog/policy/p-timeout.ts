import type { Library } from '../schema.js';

export const pTimeout: Library = {
  name: 'p-timeout',
  packages: ['p-timeout'],
  family: 'policy',
  verified: ['8.0.0', '4'],
  exports: { default: { is: 'policy', policy: 'pTimeout' } },
  policies: {
    pTimeout: {
      kind: 'timeout',
      operation: 0,
      takes: 'promise',
      options: 1,
      limit: { option: 'milliseconds', argument: 1, none: ['Infinity'] },
      cancels: 'nothing',
      source: 'p-timeout/index.js; up to 5 the milliseconds are the second argument itself',
    },
  },
  traps: [
    'The promise already runs, and goes on after the timeout.',
    '`message: false` resolves with undefined: a timeout that nobody sees.',
    'Up to 5 the arguments are `(promise, milliseconds, fallback)`, from 6 on `(promise, options)`.',
  ],
};

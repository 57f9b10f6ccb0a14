import type { Library } from '../schema.js';

export const bottleneck: Library = {
  name: 'bottleneck',
  packages: ['bottleneck'],
  family: 'policy',
  verified: ['2.19.5'],
  exports: { default: { is: 'policy', policy: 'Bottleneck' } },
  policies: {
    Bottleneck: {
      kind: 'limiter',
      types: ['Bottleneck'],
      run: ['schedule', 'wrap'],
      operation: 0,
      options: 0,
      concurrency: { option: 'maxConcurrent', default: 'unbounded' },
      cancels: 'nothing',
      source: 'bottleneck/lib/Bottleneck.js: maxConcurrent null, minTime 0',
    },
  },
  traps: [
    'Without options it limits nothing: no concurrency, no rate, no timeout.',
    'A `failed` listener that returns a number repeats the job, for ever if it always does.',
    '`expiration` rejects, and the job goes on.',
  ],
};

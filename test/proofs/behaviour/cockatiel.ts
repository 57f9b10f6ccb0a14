import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'cockatiel',
  versions: [{ package: 'cockatiel', node: 24 }, { package: 'cockatiel3' }],
  policies: {
    retry: { run: ({ lib, operation, options }) => lib.retry(lib.handleAll, options).execute(operation) },
    timeout: { run: ({ lib, operation, argument }) => lib.timeout(argument, 'aggressive').execute(operation) },
    circuitBreaker: {
      run: ({ lib, operation }) =>
        lib
          .circuitBreaker(lib.handleAll, { halfOpenAfter: 1000, breaker: new lib.ConsecutiveBreaker(2) })
          .execute(operation),
    },
    bulkhead: {
      run: ({ lib, operation, argument }) => lib.bulkhead(argument, 100).execute(operation),
      many: ({ lib, operations, argument }) => {
        const policy = lib.bulkhead(argument, 100);
        return Promise.all(operations.map((operation) => policy.execute(operation)));
      },
    },
    fallback: { run: ({ lib, operation }) => lib.fallback(lib.handleAll, 1).execute(operation) },
    wrap: {
      run: ({ lib, operation }) =>
        lib.wrap(lib.retry(lib.handleAll, { maxAttempts: 1 }), lib.timeout(100, 'aggressive')).execute(operation),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'effect',
  versions: [{ package: 'effect' }, { package: 'effect3' }],
  policies: {
    retry: {
      run: ({ lib: { Effect }, operation, options }) =>
        Effect.runPromise(Effect.retry(Effect.tryPromise(operation), options)),
    },
    timeout: {
      run: ({ lib: { Effect }, operation, argument }) =>
        Effect.runPromise(Effect.timeout(Effect.tryPromise(operation), argument)),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'ts-retry-promise',
  versions: [{ package: 'ts-retry-promise' }],
  policies: {
    // Its limit for all attempts would fire first on the fast clock.
    retry: { run: ({ lib, operation, options }) => lib.retry(operation, { timeout: 'INFINITELY', ...options }) },
    retryDecorator: {
      run: ({ lib, operation, options }) => lib.retryDecorator(operation, { timeout: 'INFINITELY', ...options })(),
    },
  },
});

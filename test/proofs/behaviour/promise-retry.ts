import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'promise-retry',
  versions: [{ package: 'promise-retry' }],
  policies: {
    promiseRetry: {
      run: ({ lib, operation, options }) =>
        lib.default((retry: (error: unknown) => never) => operation().catch(retry), options),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'p-retry',
  versions: [{ package: 'p-retry', node: 24 }, { package: 'p-retry7' }, { package: 'p-retry6' }],
  policies: {
    pRetry: { run: ({ lib, operation, options }) => lib.default(operation, options) },
    makeRetriable: {
      run: ({ lib, operation, options }) =>
        (lib.makeRetriable ?? ((fn: unknown, o: unknown) => () => lib.default(fn, o)))(operation, options)(),
    },
  },
});

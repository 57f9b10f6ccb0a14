import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'fetch-retry',
  versions: [{ package: 'fetch-retry' }],
  policies: {
    fetchRetry: {
      run: ({ lib, operation, options }) => {
        const make = lib.default.default ?? lib.default;
        return make(() => operation(), options)('http://127.0.0.1/');
      },
    },
  },
});

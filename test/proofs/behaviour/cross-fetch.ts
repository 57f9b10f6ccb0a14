import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'cross-fetch',
  versions: [{ package: 'cross-fetch' }],
  clients: {
    fetch: {
      start: async ({ lib, target, options, method }) => (await lib.default(target.url, { method, ...options })).text(),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'node-fetch',
  versions: [{ package: 'node-fetch' }, { package: 'node-fetch2' }],
  clients: {
    fetch: {
      start: async ({ lib, target, options, method }) => (await lib.default(target.url, { method, ...options })).text(),
    },
  },
});

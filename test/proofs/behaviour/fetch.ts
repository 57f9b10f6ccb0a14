import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'fetch',
  versions: [{ package: 'global' }, { package: 'global', node: 24 }],
  clients: {
    fetch: {
      start: async ({ lib, target, options, method }) => (await lib.fetch(target.url, { method, ...options })).text(),
    },
  },
});

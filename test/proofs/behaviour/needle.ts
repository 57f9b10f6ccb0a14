import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'needle',
  versions: [{ package: 'needle' }],
  clients: {
    needle: {
      // `needle.defaults` changes the whole module: what is given there is merged into the options of the one call instead.
      start: ({ lib, target, config, options, method }) =>
        lib.default(method.toLowerCase(), target.url, ...(method === 'POST' ? [''] : []), { ...config, ...options }),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'ofetch',
  versions: [{ package: 'ofetch' }],
  clients: {
    Fetch: {
      quiet: { retry: 0 },
      start: ({ lib, target, config, options, method }) =>
        lib.ofetch.create(config)(target.url, { method, ...options }),
    },
  },
});

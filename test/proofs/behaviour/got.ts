import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'got',
  versions: [{ package: 'got', node: 24 }, { package: 'got14' }],
  clients: {
    Got: {
      quiet: { retry: { limit: 0 } },
      start: ({ lib, target, config, options, method }) =>
        lib.default.extend(config)(target.url, { method, ...options }),
    },
  },
  sourceOnly: {
    GotStream: 'the same options as Got',
    GotPaginate: 'the same options as Got',
  },
});

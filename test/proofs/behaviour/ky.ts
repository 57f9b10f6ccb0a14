import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'ky',
  versions: [{ package: 'ky', node: 24 }, { package: 'ky1' }],
  clients: {
    KyInstance: {
      quiet: { retry: 0 },
      start: ({ lib, target, config, options, method }) =>
        lib.default
          .create(config)(target.url, { method, ...options })
          .text(),
    },
  },
});

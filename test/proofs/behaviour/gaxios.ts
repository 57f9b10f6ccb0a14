import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'gaxios',
  versions: [{ package: 'gaxios', node: 24 }],
  clients: {
    Gaxios: {
      start: ({ lib, target, config, options, method }) =>
        new lib.Gaxios(config).request({ url: target.url, method, ...options }),
    },
  },
});

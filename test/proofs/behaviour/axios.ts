import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'axios',
  versions: [{ package: 'axios' }],
  clients: {
    AxiosInstance: {
      start: ({ lib, target, config, options, method }) =>
        lib.default.create(config).request({ url: target.url, method, ...options }),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'wretch',
  versions: [{ package: 'wretch', node: 24 }],
  clients: {
    Wretch: {
      start: async ({ lib, load, target, config, chain }) => {
        const { default: abort } = await load('wretch/addons/abort');
        let request = lib.default(target.url, config).addon(abort()).get();
        for (const [method, value] of Object.entries(chain)) request = request[method](value);
        return request.text();
      },
    },
  },
});

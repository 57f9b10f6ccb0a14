import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'superagent',
  versions: [{ package: 'superagent' }],
  clients: {
    SuperAgent: {
      start: ({ lib, target, chain, method }) => {
        let request = lib.default(method, target.url);
        for (const [name, value] of Object.entries(chain)) request = request[name](value);
        return request;
      },
    },
  },
  sourceOnly: { Agent: 'makes the same requests as superagent itself' },
});

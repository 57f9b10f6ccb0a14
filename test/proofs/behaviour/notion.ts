import { behaviour } from '../src/behaviour.js';

const none = () => undefined;

export default behaviour({
  library: '@notionhq/client',
  versions: [{ package: '@notionhq/client' }],
  clients: {
    Client: {
      quiet: { retry: false },
      start: ({ lib, target, config }) => {
        const { Client } = lib.Client ? lib : lib.default;
        return new Client({ auth: 'x', baseUrl: target.url, logger: none, ...config }).users.me({});
      },
    },
  },
  same: { Group: 'Client' },
});

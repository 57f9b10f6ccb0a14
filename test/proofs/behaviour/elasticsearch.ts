import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@elastic/elasticsearch',
  versions: [{ package: '@elastic/elasticsearch', node: 24 }],
  clients: {
    Client: {
      ms: 600,
      quiet: { maxRetries: 0 },
      start: ({ lib, target, config, options, method }) => {
        const { Client } = lib.Client ? lib : lib.default;
        const client = new Client({ node: target.url, ...config });
        return method === 'GET'
          ? client.search({ index: 'i' }, options)
          : client.index({ index: 'i', body: {}, document: {} }, options);
      },
    },
  },
  sourceOnly: { Group: 'the same requests, shown for Client' },
});

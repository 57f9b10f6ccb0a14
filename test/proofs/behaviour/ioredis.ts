import { behaviour } from '../src/behaviour.js';
import { redis } from '../src/protocols.js';

export default behaviour({
  library: 'ioredis',
  versions: [{ package: 'ioredis' }, { package: 'ioredis5' }],
  clients: {
    Redis: {
      handshake: redis,
      begins: true,
      quiet: { maxRetriesPerRequest: 0 },
      loud: ['socketTimeout'],
      retrySourceOnly: 'commands are sent again after a reconnect; shown apart: 25 and 77 INCR from one call',
      start: ({ lib, target, config }) => {
        const client = new lib.Redis({ host: target.host, port: target.port, ...config });
        client.on('error', () => undefined);
        return client.get('k');
      },
    },
  },
  sourceOnly: { Cluster: 'needs the slots of a cluster; its nodes are the Redis shown here' },
});

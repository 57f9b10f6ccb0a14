import { behaviour } from '../src/behaviour.js';
import { redis } from '../src/protocols.js';

export default behaviour({
  library: 'redis',
  versions: [{ package: 'redis' }, { package: 'redis5' }, { package: 'redis4' }],
  clients: {
    RedisClientType: {
      handshake: redis,
      begins: true,
      quiet: { socket: { reconnectStrategy: false } },
      retrySourceOnly: 'it connects again when the connection is lost, and repeats no request that was answered',
      start: async ({ lib, target, config }) => {
        const { createClient } = lib.createClient ? lib : lib.default;
        const client = createClient({ ...config, socket: { host: target.host, port: target.port, ...config.socket } });
        client.on('error', () => undefined);
        await client.connect();
        return client.get('k');
      },
    },
  },
  sourceOnly: {
    RedisClusterType: 'needs the slots of a cluster; its nodes are the client shown here',
    RedisClientPoolType: 'holds clients like the one shown here',
  },
});

import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'pg',
  versions: [{ package: 'pg' }],
  clients: {
    Client: {
      handshake: postgres,
      start: async ({ lib, target, config, options }) => {
        const client = new lib.default.Client({
          host: target.host,
          port: target.port,
          user: 'u',
          database: 'd',
          ...config,
        });
        client.on('error', () => undefined);
        await client.connect();
        return client.query({ text: 'select 1', ...options });
      },
    },
    Pool: {
      handshake: postgres,
      start: ({ lib, target, config, options }) => {
        const pool = new lib.default.Pool({
          host: target.host,
          port: target.port,
          user: 'u',
          database: 'd',
          ...config,
        });
        pool.on('error', () => undefined);
        return pool.query({ text: 'select 1', ...options });
      },
    },
  },
});

import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';
import type { Target } from '../src/servers.js';

const address = ({ host, port }: Target) => ({ host, port });

export default behaviour({
  library: 'pg',
  versions: [{ package: 'pg' }],
  clients: {
    Client: {
      handshake: postgres,
      begins: true,
      start: async ({ lib, target, config, options }) => {
        const client = new lib.default.Client({
          ...address(target),
          user: 'u',
          database: 'd',
          ...config,
        });
        client.on('error', () => undefined);
        await client.connect();
        return client.query({ text: 'select 1', ...options });
      },
      unrunnable: { pool: 'a connection of its own waits for no pool' },
    },
    Pool: {
      handshake: postgres,
      begins: true,
      start: ({ lib, target, config, options }) => {
        const pool = new lib.default.Pool({
          ...address(target),
          user: 'u',
          database: 'd',
          ...config,
        });
        pool.on('error', () => undefined);
        return pool.query({ text: 'select 1', ...options });
      },
      pool: async ({ lib, target, config }) => {
        const pool = new lib.default.Pool({ ...address(target), user: 'u', database: 'd', max: 1, ...config });
        pool.on('error', () => undefined);
        await pool.connect();
        return pool.query('select 1');
      },
    },
  },
});

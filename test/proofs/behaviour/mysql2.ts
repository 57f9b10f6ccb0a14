import { behaviour } from '../src/behaviour.js';
import { mysql } from '../src/protocols.js';

export default behaviour({
  library: 'mysql2',
  versions: [{ package: 'mysql2' }],
  clients: {
    Connection: {
      handshake: mysql,
      begins: true,
      start: async ({ load, target, config, options }) => {
        const { createConnection } = await load('mysql2/promise');
        const connection = await createConnection({ host: target.host, port: target.port, user: 'u', ...config });
        connection.on('error', () => undefined);
        const [rows] = await connection.query({ sql: 'select 1', ...options });
        return rows;
      },
    },
    Pool: {
      handshake: mysql,
      begins: true,
      start: async ({ load, target, config, options }) => {
        const { createPool } = await load('mysql2/promise');
        return createPool({ host: target.host, port: target.port, user: 'u', ...config }).query({
          sql: 'select 1',
          ...options,
        });
      },
    },
  },
});

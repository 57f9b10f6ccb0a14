import { behaviour } from '../src/behaviour.js';
import { tds } from '../src/protocols.js';

export default behaviour({
  library: 'mssql',
  versions: [{ package: 'mssql' }],
  clients: {
    ConnectionPool: {
      handshake: tds,
      begins: true,
      start: async ({ lib, target, config }) => {
        const pool = await new (lib.default ?? lib).ConnectionPool({
          server: target.host,
          port: target.port,
          user: 'u',
          password: 'p',
          options: { encrypt: false },
          validateConnection: false,
          ...config,
        }).connect();
        return pool.request().query('select 1');
      },
    },
  },
  same: { Request: 'ConnectionPool' },
});

import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'postgres',
  versions: [{ package: 'postgres' }],
  clients: {
    Sql: {
      handshake: postgres,
      begins: true,
      start: ({ lib, target, config }) => {
        const sql = lib.default({
          host: target.host,
          port: target.port,
          user: 'u',
          database: 'd',
          max: 1,
          fetch_types: false,
          ...config,
        });
        return sql`select 1`;
      },
    },
  },
});

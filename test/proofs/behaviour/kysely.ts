import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'kysely',
  versions: [{ package: 'kysely', node: 24 }],
  clients: {
    Kysely: {
      handshake: postgres,
      begins: true,
      start: async ({ lib, load, target }) => {
        const pg = await load('pg');
        const pool = new pg.default.Pool({ host: target.host, port: target.port, user: 'u', database: 'd' });
        return new lib.Kysely({ dialect: new lib.PostgresDialect({ pool }) }).selectFrom('t').selectAll().execute();
      },
    },
  },
});

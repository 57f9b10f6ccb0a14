import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'drizzle-orm',
  versions: [{ package: 'drizzle-orm' }],
  clients: {
    Database: {
      handshake: postgres,
      begins: true,
      start: async ({ load, target }) => {
        const [{ drizzle }, { sql }, pg] = [
          await load('drizzle-orm/node-postgres'),
          await load('drizzle-orm'),
          await load('pg'),
        ];
        const pool = new pg.default.Pool({ host: target.host, port: target.port, user: 'u', database: 'd' });
        return drizzle(pool).execute(sql`select 1`);
      },
    },
  },
  sourceOnly: { Relational: 'the same connection, shown for Database' },
});

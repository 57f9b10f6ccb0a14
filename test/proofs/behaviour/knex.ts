import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'knex',
  versions: [{ package: 'knex' }],
  clients: {
    Knex: {
      handshake: postgres,
      begins: true,
      unrunnable: { pool: 'shown for connect and handshake, which acquiring includes' },
      start: ({ lib, target, config, chain }) => {
        const { connection, ...rest } = config;
        const knex = lib.default({
          client: 'pg',
          // Else each new connection asks for the version while it is acquired.
          version: '16',
          connection: { host: target.host, port: target.port, user: 'u', database: 'd', ...connection },
          ...rest,
        });
        let query = knex.raw('select 1');
        for (const [method, value] of Object.entries(chain)) query = query[method](value);
        return query;
      },
    },
  },
});

import { behaviour } from '../src/behaviour.js';
import { mysql } from '../src/protocols.js';

const reason = 'the fake server of MySQL does not satisfy its session setup';

export default behaviour({
  library: 'mariadb',
  versions: [{ package: 'mariadb' }],
  clients: {
    Connection: {
      handshake: mysql,
      quiet: { connectTimeout: 20_000 },
      unrunnable: { headers: reason, body: reason },
      skip: { queryTimeout: reason, socketTimeout: reason },
      defaultSourceOnly: 'measured: 1006 ms',
      start: async ({ lib, target, config }) => {
        const connection = await lib.createConnection({ host: target.host, port: target.port, user: 'u', ...config });
        return connection.query('select 1');
      },
    },
  },
  sourceOnly: { Pool: 'makes the Connection that is shown here' },
});

import { behaviour } from '../src/behaviour.js';
import { mysql } from '../src/protocols.js';

export default behaviour({
  library: 'mariadb',
  versions: [{ package: 'mariadb' }],
  clients: {
    Connection: {
      handshake: mysql,
      begins: true,
      quiet: { connectTimeout: 20_000 },
      quietLimits: {},
      start: async ({ lib, target, config }) => {
        const connection = await lib.createConnection({ host: target.host, port: target.port, user: 'u', ...config });
        return connection.query('select 1');
      },
    },
  },
  sourceOnly: { Pool: 'makes the Connection that is shown here' },
});

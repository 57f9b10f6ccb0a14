import { behaviour } from '../src/behaviour.js';
const reason = 'nothing here speaks TDS';

export default behaviour({
  library: 'mssql',
  versions: [{ package: 'mssql' }],
  clients: {
    ConnectionPool: {
      unrunnable: { headers: reason, body: reason },
      skip: { requestTimeout: reason },
      handshake: () => undefined,
      start: ({ lib, target, config }) =>
        new (lib.default ?? lib).ConnectionPool({
          server: target.host,
          port: target.port,
          user: 'u',
          password: 'p',
          options: { encrypt: false },
          ...config,
        }).connect(),
    },
  },
  sourceOnly: { Request: 'the connection of ConnectionPool' },
});

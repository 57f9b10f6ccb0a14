import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'sequelize',
  versions: [{ package: 'sequelize' }],
  clients: {
    Sequelize: {
      handshake: postgres,
      begins: true,
      retry: false,
      retrySourceOnly: 'only for SQLITE_BUSY by default',
      start: ({ lib, target, config }) => {
        const { Sequelize } = lib.Sequelize ? lib : lib.default;
        return new Sequelize('d', 'u', 'p', {
          dialect: 'postgres',
          host: target.host,
          port: target.port,
          logging: false,
          ...config,
        }).authenticate();
      },
    },
  },
  sourceOnly: { Model: 'the same connection, shown for Sequelize' },
});

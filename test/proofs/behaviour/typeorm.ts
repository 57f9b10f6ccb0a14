import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'typeorm',
  versions: [{ package: 'typeorm' }],
  clients: {
    DataSource: {
      handshake: postgres,
      begins: true,
      start: ({ lib, target, config }) => {
        const { DataSource } = lib.DataSource ? lib : lib.default;
        return new DataSource({
          type: 'postgres',
          host: target.host,
          port: target.port,
          username: 'u',
          database: 'd',
          ...config,
        }).initialize();
      },
    },
  },
  sourceOnly: {
    Repository: 'the same connection, shown for DataSource',
    EntityManager: 'the same connection, shown for DataSource',
    SelectQueryBuilder: 'the same connection, shown for DataSource',
    InsertQueryBuilder: 'the same connection, shown for DataSource',
    UpdateQueryBuilder: 'the same connection, shown for DataSource',
    DeleteQueryBuilder: 'the same connection, shown for DataSource',
  },
});

import { behaviour } from '../src/behaviour.js';
import { mongo } from '../src/protocols.js';

export default behaviour({
  library: 'mongodb',
  versions: [{ package: 'mongodb' }, { package: 'mongodb77' }, { package: 'mongodb622' }],
  clients: {
    Collection: {
      handshake: mongo,
      begins: true,
      quiet: { retryReads: false, retryWrites: false },
      start: async ({ lib, target, config, options }) => {
        const { MongoClient } = lib.MongoClient ? lib : lib.default;
        const client = new MongoClient(`mongodb://${target.host}:${target.port}/?directConnection=true`, config);
        client.on('error', () => undefined);
        return client.db('d').collection('c').findOne({}, options);
      },
    },
  },
  same: { MongoClient: 'Collection', Db: 'Collection' },
  sourceOnly: { ClientSession: 'has no bounds of its own' },
});

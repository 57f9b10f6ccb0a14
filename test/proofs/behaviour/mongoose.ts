import { behaviour } from '../src/behaviour.js';
import { mongo } from '../src/protocols.js';

export default behaviour({
  library: 'mongoose',
  versions: [{ package: 'mongoose' }],
  clients: {
    Model: {
      handshake: mongo,
      begins: true,
      quiet: { retryReads: false, retryWrites: false },
      skip: { bufferTimeoutMS: 'only while no connection is asked for; measured: 10006 ms by default' },
      start: async ({ lib, target, config, chain }) => {
        const mongoose = lib.default ?? lib;
        const connection = mongoose.createConnection(
          `mongodb://${target.host}:${target.port}/d?directConnection=true`,
          config,
        );
        connection.on('error', () => undefined);
        await connection.asPromise();
        let query = connection.model('T', new mongoose.Schema({ a: String })).findOne({});
        for (const [method, value] of Object.entries(chain)) query = query[method](value);
        return query.exec();
      },
    },
  },
  same: { Mongoose: 'Model', Connection: 'Model' },
});

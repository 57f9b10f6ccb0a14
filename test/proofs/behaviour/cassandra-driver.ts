import { behaviour } from '../src/behaviour.js';
const reason = 'nothing here speaks CQL after the handshake';

export default behaviour({
  library: 'cassandra-driver',
  versions: [{ package: 'cassandra-driver' }],
  clients: {
    Client: {
      unrunnable: { headers: reason, body: reason },
      skip: { readTimeout: reason },
      handshake: () => undefined,
      start: ({ lib, target, config }) => {
        const { Client } = lib.Client ? lib : lib.default;
        const client = new Client({
          contactPoints: [target.host],
          protocolOptions: { port: target.port },
          localDataCenter: 'd',
          ...config,
        });
        return client.connect();
      },
    },
  },
});

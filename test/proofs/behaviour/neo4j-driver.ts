import { behaviour } from '../src/behaviour.js';
const reason = 'nothing here speaks Bolt after the handshake';

export default behaviour({
  library: 'neo4j-driver',
  versions: [{ package: 'neo4j-driver' }],
  clients: {
    Driver: {
      unrunnable: { headers: reason, body: reason },
      skip: { connectionTimeout: 'the call goes on to the next address until the acquisition ends' },
      handshake: () => undefined,
      start: ({ lib, target, config }) =>
        (lib.driver ? lib : lib.default)
          .driver(`bolt://${target.host}:${target.port}`, undefined, config)
          .verifyConnectivity(),
    },
  },
  sourceOnly: { Session: 'the same connection, shown for Driver' },
});

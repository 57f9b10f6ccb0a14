import { behaviour } from '../src/behaviour.js';
import { bolt } from '../src/protocols.js';

export default behaviour({
  library: 'neo4j-driver',
  versions: [{ package: 'neo4j-driver' }],
  clients: {
    Driver: {
      skip: { connectionTimeout: 'the call goes on to the next address until the acquisition ends' },
      handshake: bolt,
      start: ({ lib, target, config }) =>
        (lib.driver ? lib : lib.default)
          .driver(`bolt://${target.host}:${target.port}`, undefined, config)
          .session()
          .run('RETURN 1'),
    },
  },
  same: { Session: 'Driver' },
});

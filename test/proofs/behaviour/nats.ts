import { behaviour } from '../src/behaviour.js';
import { nats } from '../src/protocols.js';

export default behaviour({
  library: 'nats',
  versions: [{ package: 'nats' }, { package: '@nats-io/transport-node' }],
  clients: {
    NatsConnection: {
      handshake: nats,
      start: async ({ lib, target, config, options }) => {
        const { connect } = lib.connect ? lib : lib.default;
        const connection = await connect({ servers: `${target.host}:${target.port}`, reconnect: false, ...config });
        return connection.request('s', '', ...(options.timeout ? [options] : []));
      },
    },
  },
});

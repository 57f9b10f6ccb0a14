import { behaviour } from '../src/behaviour.js';
import { nats } from '../src/protocols.js';

export default behaviour({
  library: 'nats',
  versions: [{ package: 'nats' }],
  clients: {
    NatsConnection: {
      handshake: nats,
      skip: { 'timeout@call': 'without it a request ends after a second by default; the default is shown instead' },
      start: async ({ lib, target, config, options }) => {
        const { connect } = lib.connect ? lib : lib.default;
        const connection = await connect({ servers: `${target.host}:${target.port}`, reconnect: false, ...config });
        return connection.request('s', '', { noMux: true, ...options, timeout: options.timeout ?? 1000 });
      },
    },
  },
});

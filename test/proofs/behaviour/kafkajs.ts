import { behaviour } from '../src/behaviour.js';
const reason = 'nothing here speaks Kafka after the handshake';

export default behaviour({
  library: 'kafkajs',
  versions: [{ package: 'kafkajs' }],
  clients: {
    Producer: {
      quiet: { retry: { retries: 0 } },
      unrunnable: { headers: reason, body: reason },
      skip: { 'timeout@call': reason },
      handshake: () => undefined,
      defaultSourceOnly: 'its limits compare clocks, which the fast clock does not move; measured: 30.4 s',
      retry: false,
      retrySourceOnly: 'kafkajs/src/retry/defaults.js; needs a broker',
      start: ({ lib, target, config }) => {
        const { Kafka, logLevel } = lib.Kafka ? lib : lib.default;
        return new Kafka({
          clientId: 'c',
          brokers: [`${target.host}:${target.port}`],
          logLevel: logLevel.NOTHING,
          ...config,
        })
          .producer()
          .connect();
      },
    },
  },
  sourceOnly: {
    Kafka: 'makes the Producer that is shown here',
    Consumer: 'the same connection as Producer',
    Admin: 'the same connection as Producer',
  },
});

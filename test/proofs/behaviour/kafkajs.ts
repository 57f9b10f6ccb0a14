import { behaviour } from '../src/behaviour.js';
import { kafka } from '../src/protocols.js';

export default behaviour({
  library: 'kafkajs',
  versions: [{ package: 'kafkajs' }],
  clients: {
    Producer: {
      quiet: { retry: { retries: 0 } },
      handshake: kafka,
      defaultSourceOnly: 'its limits compare clocks, which the fast clock does not move; measured: 30.4 s',
      retry: false,
      retrySourceOnly: 'kafkajs/src/retry/defaults.js; needs a broker',
      start: async ({ lib, target, config, options }) => {
        const { Kafka, logLevel } = lib.Kafka ? lib : lib.default;
        const producer = new Kafka({
          clientId: 'c',
          brokers: [`${target.host}:${target.port}`],
          logLevel: logLevel.NOTHING,
          ...config,
        }).producer();
        await producer.connect();
        return producer.send({ topic: 't', messages: [{ value: 'x' }], ...options });
      },
    },
  },
  sourceOnly: {
    Kafka: 'makes the Producer that is shown here',
    Consumer: 'the same connection as Producer',
    Admin: 'the same connection as Producer',
  },
});

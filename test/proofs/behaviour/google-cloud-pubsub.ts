import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@google-cloud/pubsub',
  versions: [{ package: '@google-cloud/pubsub', node: 24 }],
  clients: {
    Topic: {
      defaultSourceOnly: 'a deadline of gRPC is a point in time, which the fast clock does not move; measured: 62.6 s',
      unrunnable: { handshake: 'needs TLS and credentials', body: 'the servers here speak HTTP/1.1' },
      start: ({ lib, target, config }) => {
        const { PubSub } = lib.PubSub ? lib : lib.default;
        process.env['PUBSUB_EMULATOR_HOST'] = `${target.host}:${target.port}`;
        const pubsub = new PubSub({ projectId: 'p' });
        return pubsub
          .topic('t', { batching: { maxMessages: 1 }, ...config })
          .publishMessage({ data: Buffer.from('x') });
      },
    },
  },
  sourceOnly: { PubSub: 'makes the Topic that is shown here' },
});

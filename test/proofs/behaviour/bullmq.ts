import { behaviour } from '../src/behaviour.js';
import { redis } from '../src/protocols.js';

export default behaviour({
  library: 'bullmq',
  versions: [{ package: 'bullmq' }],
  clients: {
    Queue: {
      handshake: redis,
      begins: true,
      retrySourceOnly: 'a worker repeats a job by what stands in Redis, which a server that is mute does not keep',
      start: ({ lib, target, config }) => {
        const queue = new lib.Queue('q', {
          ...config,
          connection: { host: target.host, port: target.port, ...config.connection },
        });
        queue.on('error', () => undefined);
        return queue.add('job', {});
      },
    },
  },
  sourceOnly: { FlowProducer: 'the same connection as Queue' },
});

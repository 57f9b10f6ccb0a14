import { behaviour } from '../src/behaviour.js';
import { amqp } from '../src/protocols.js';

export default behaviour({
  library: 'amqplib',
  versions: [{ package: 'amqplib' }, { package: 'amqplib0' }],
  clients: {
    ChannelModel: {
      handshake: amqp,
      start: async ({ lib, target, config }) => {
        const connection = await (lib.default ?? lib).connect(`amqp://${target.host}:${target.port}`, config);
        connection.on('error', () => undefined);
        return (await connection.createChannel()).assertQueue('q');
      },
    },
  },
  same: { Channel: 'ChannelModel', ConfirmChannel: 'ChannelModel' },
});

import { behaviour } from '../src/behaviour.js';
const reason = 'nothing here speaks AMQP after the handshake';

export default behaviour({
  library: 'amqplib',
  versions: [{ package: 'amqplib' }, { package: 'amqplib0' }],
  clients: {
    ChannelModel: {
      unrunnable: { headers: reason },
      handshake: () => undefined,
      start: ({ lib, target, config }) => (lib.default ?? lib).connect(`amqp://${target.host}:${target.port}`, config),
    },
  },
  sourceOnly: { Channel: 'the connection of ChannelModel', ConfirmChannel: 'the connection of ChannelModel' },
});

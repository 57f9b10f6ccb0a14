import { behaviour } from '../src/behaviour.js';
import { mqtt } from '../src/protocols.js';

export default behaviour({
  library: 'mqtt',
  versions: [{ package: 'mqtt' }],
  clients: {
    MqttClient: {
      handshake: mqtt,
      start: async ({ lib, target, config }) => {
        const address = `mqtt://${target.host}:${target.port}`;
        const client = await (lib.connectAsync ? lib : lib.default).connectAsync(address, {
          reconnectPeriod: 0,
          ...config,
        });
        return client.publishAsync('t', 'x', { qos: 1 });
      },
    },
  },
});

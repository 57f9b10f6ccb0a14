import { behaviour } from '../src/behaviour.js';
const reason = 'nothing here speaks MQTT after the handshake';

export default behaviour({
  library: 'mqtt',
  versions: [{ package: 'mqtt' }],
  clients: {
    MqttClient: {
      unrunnable: { headers: reason },
      handshake: () => undefined,
      start: ({ lib, target, config }) =>
        (lib.connectAsync ? lib : lib.default).connectAsync(`mqtt://${target.host}:${target.port}`, {
          reconnectPeriod: 0,
          ...config,
        }),
    },
  },
});

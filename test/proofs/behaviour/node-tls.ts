import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'node:tls',
  versions: [{ package: 'node:tls' }],
  clients: {
    tls: {
      start: ({ lib, target, options, listen }) =>
        new Promise((resolve, reject) => {
          const socket = lib.connect({ host: target.host, port: target.port, ...options });
          if (listen) socket.on('timeout', () => socket.destroy(new Error('timeout')));
          socket.on('error', reject);
          socket.on('secureConnect', resolve);
        }),
    },
  },
});

import { behaviour } from '../src/behaviour.js';
export default behaviour({
  library: 'memjs',
  versions: [{ package: 'memjs' }],
  clients: {
    Client: {
      quiet: { timeout: 30, conntimeout: 30, retries: 1 },
      unrunnable: { body: 'one message' },
      retry: false,
      retrySourceOnly: 'measured: 1205 ms over two tries of 0.5 s and a wait of 0.2 s',
      defaultSourceOnly: 'measured: 1205 ms over two tries of 0.5 s and a wait of 0.2 s',
      start: async ({ lib, target, config }) => {
        const { Client } = lib.Client ? lib : lib.default;
        return Client.create(`${target.host}:${target.port}`, { logger: { log: () => undefined }, ...config }).get('k');
      },
    },
  },
});

import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: 'pg-boss',
  versions: [{ package: 'pg-boss', node: 24 }, { package: 'pg-boss10' }],
  clients: {
    PgBoss: {
      handshake: postgres,
      begins: true,
      retry: false,
      retrySourceOnly: 'a job is repeated by what stands in its table, which a server that is mute does not keep',
      start: async ({ lib, target, config }) => {
        const boss = new (lib.PgBoss ?? lib.default)({
          host: target.host,
          port: target.port,
          user: 'u',
          database: 'd',
          ...config,
        });
        boss.on('error', () => undefined);
        await boss.start();
      },
    },
  },
});

import { behaviour } from '../src/behaviour.js';
import { postgres } from '../src/protocols.js';

export default behaviour({
  library: '@prisma/client',
  versions: [{ package: '@prisma/adapter-pg' }],
  clients: {
    PrismaPg: {
      handshake: postgres,
      begins: true,
      start: async ({ lib, target, config }) => {
        const { PrismaClient } = await import('../prisma/generated/client.js');
        const adapter = new lib.PrismaPg({ host: target.host, port: target.port, user: 'u', database: 'd', ...config });
        return new PrismaClient({ adapter }).user.findMany();
      },
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@trpc/client',
  versions: [{ package: '@trpc/client' }],
  clients: {
    Procedure: {
      start: ({ lib, target, options }) =>
        lib.createTRPCClient({ links: [lib.httpLink({ url: target.url })] }).a.query(undefined, options),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'p-limit',
  versions: [{ package: 'p-limit' }],
  policies: {
    pLimit: {
      run: ({ lib, operation }) => lib.default(1)(operation),
      many: ({ lib, operations, argument }) => {
        const limit = lib.default(argument);
        return Promise.all(operations.map((operation) => limit(operation)));
      },
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'p-queue',
  versions: [{ package: 'p-queue', node: 24 }],
  policies: {
    PQueue: {
      run: ({ lib, operation, options }) => new lib.default(options).add(operation),
      many: ({ lib, operations, options }) => new lib.default(options).addAll(operations),
    },
  },
});

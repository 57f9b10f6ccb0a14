import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'bottleneck',
  versions: [{ package: 'bottleneck' }],
  policies: {
    Bottleneck: {
      run: ({ lib, operation, options }) => new lib.default(options).schedule(operation),
      many: ({ lib, operations, options }) => {
        const limiter = new lib.default(options);
        return Promise.all(operations.map((operation) => limiter.schedule(operation)));
      },
    },
  },
});

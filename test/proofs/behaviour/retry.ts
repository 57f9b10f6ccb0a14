import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'retry',
  versions: [{ package: 'retry' }],
  policies: {
    operation: {
      run: ({ lib, operation, options }) =>
        new Promise((resolve, reject) => {
          const one = lib.default.operation(options);
          one.attempt(() => {
            operation().then(resolve, (error) => {
              if (!one.retry(error)) reject(error);
            });
          });
        }),
    },
  },
});

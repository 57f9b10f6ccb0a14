import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'p-map',
  versions: [{ package: 'p-map' }],
  policies: {
    pMap: {
      run: ({ lib, operation }) => lib.default([1], operation),
      many: ({ lib, operations, options }) =>
        lib.default(operations, (operation: () => unknown) => operation(), options),
    },
  },
});

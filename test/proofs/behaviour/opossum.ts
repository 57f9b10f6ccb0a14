import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'opossum',
  versions: [{ package: 'opossum', node: 24 }],
  policies: {
    CircuitBreaker: {
      run: ({ lib, operation, options }) => new lib.default(operation, options).fire(),
    },
  },
});

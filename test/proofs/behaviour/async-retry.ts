import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'async-retry',
  versions: [{ package: 'async-retry' }],
  policies: { retry: { run: ({ lib, operation, options }) => lib.default(operation, options) } },
});

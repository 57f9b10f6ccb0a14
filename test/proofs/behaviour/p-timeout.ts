import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'p-timeout',
  versions: [{ package: 'p-timeout', node: 24 }],
  policies: { pTimeout: { run: ({ lib, operation, options }) => lib.default(operation(), options) } },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'exponential-backoff',
  versions: [{ package: 'exponential-backoff' }],
  policies: { backOff: { run: ({ lib, operation, options }) => lib.backOff(operation, options) } },
});

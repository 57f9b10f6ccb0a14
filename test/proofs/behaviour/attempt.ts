import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@lifeomic/attempt',
  versions: [{ package: '@lifeomic/attempt' }],
  policies: { retry: { run: ({ lib, operation, options }) => (lib.retry ?? lib.default.retry)(operation, options) } },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'mollitia',
  versions: [{ package: 'mollitia' }],
  policies: {
    Circuit: { run: ({ lib, operation }) => new lib.Circuit({ options: { modules: [] } }).fn(operation).execute() },
    Retry: {
      run: ({ lib, operation, options }) =>
        new lib.Circuit({ options: { modules: [new lib.Retry(options)] } }).fn(operation).execute(),
    },
    Timeout: {
      run: ({ lib, operation, options }) =>
        new lib.Circuit({ options: { modules: [new lib.Timeout(options)] } }).fn(operation).execute(),
    },
    Bulkhead: {
      run: ({ lib, operation }) =>
        new lib.Circuit({ options: { modules: [new lib.Bulkhead()] } }).fn(operation).execute(),
    },
    Fallback: {
      run: ({ lib, operation }) =>
        new lib.Circuit({ options: { modules: [new lib.Fallback({ callback: () => 1 })] } }).fn(operation).execute(),
    },
    SlidingCountBreaker: {
      run: ({ lib, operation }) =>
        new lib.Circuit({ options: { modules: [new lib.SlidingCountBreaker()] } }).fn(operation).execute(),
    },
    SlidingTimeBreaker: {
      run: ({ lib, operation }) =>
        new lib.Circuit({ options: { modules: [new lib.SlidingTimeBreaker()] } }).fn(operation).execute(),
    },
  },
});

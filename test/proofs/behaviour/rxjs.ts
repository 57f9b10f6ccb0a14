import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'rxjs',
  versions: [{ package: 'rxjs' }],
  policies: {
    retry: { run: ({ lib, operation, options }) => lib.lastValueFrom(lib.defer(operation).pipe(lib.retry(options))) },
    timeout: {
      run: ({ lib, operation, argument }) => lib.lastValueFrom(lib.defer(operation).pipe(lib.timeout(argument))),
    },
    mergeMap: {
      run: ({ lib, operation }) => lib.lastValueFrom(lib.of(1).pipe(lib.mergeMap(operation))),
      many: ({ lib, operations, argument }) =>
        lib.lastValueFrom(
          lib.from(operations).pipe(lib.mergeMap((operation: () => unknown) => operation(), argument)),
          { defaultValue: 0 },
        ),
    },
  },
});

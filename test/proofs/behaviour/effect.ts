import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'effect',
  versions: [{ package: 'effect' }, { package: 'effect3' }],
  policies: {
    retry: {
      run: ({ lib: { Effect, Schedule }, operation, options: { schedule, ...options } }) => {
        // The claims name the combinator; it is laid over a schedule here.
        const waits = Schedule.spaced('200 millis');
        const shaped =
          schedule === 'jitteredWith' && Schedule.jitteredWith
            ? Schedule.jitteredWith(waits, { min: 0.5, max: 1.5 })
            : Schedule.jittered(waits);
        return Effect.runPromise(
          Effect.retry(
            Effect.tryPromise(operation),
            schedule === undefined ? options : { ...options, schedule: shaped },
          ),
        );
      },
    },
    timeout: {
      run: ({ lib: { Effect }, operation, argument }) =>
        Effect.runPromise(Effect.timeout(Effect.tryPromise(operation), argument)),
    },
  },
  sourceOnly: {
    forEach: 'it repeats nothing and ends nothing: how many run at once is said by its own option',
    all: 'it repeats nothing and ends nothing: how many run at once is said by its own option',
  },
});

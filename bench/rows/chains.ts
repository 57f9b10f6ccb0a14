import { alternate, compare, lint, ruleTime } from '../measure.js';
import { type Row, ms } from '../row.js';

/** A client that comes from far away should cost no more than one from next door. */
export const chainsRow: Row = {
  id: 'chains',
  what: 'import chains of depth 50: rule time of `strict` against depth 5 (the worse of typed and untyped)',
  aim: 1.3,
  measure: async ({ chains, files, pairs }) => {
    const outcomes = [];
    for (const typed of [true, false]) {
      const job = { typed, floating: false, ours: 'strict', stats: true } as const;
      const measured = await alternate(
        pairs,
        () => lint({ ...job, ...chains(files, 50) }),
        () => lint({ ...job, ...chains(files, 5) }),
      );
      const { ours, base, ...figure } = compare(
        measured,
        (run) => ruleTime(run, 'resilience/'),
        (run) => ruleTime(run, 'resilience/'),
      );
      outcomes.push({ ...figure, detail: `${typed ? 'typed' : 'untyped'} ${ms(ours)} against ${ms(base)}` });
    }
    const [first, second] = outcomes.sort((a, b) => b.ratio - a.ratio);
    const { ratio, interval } = (first ?? second) as NonNullable<typeof first>;
    return {
      ratio,
      interval,
      detail: outcomes.map(({ detail }) => detail).join('; '),
    };
  },
};

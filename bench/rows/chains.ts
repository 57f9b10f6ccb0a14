import { alternate, lint, median, ruleTime } from '../measure.js';
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
      const deep = median(measured.map(([run]) => ruleTime(run, 'resilience/')));
      const shallow = median(measured.map(([, run]) => ruleTime(run, 'resilience/')));
      outcomes.push({
        ratio: deep / shallow,
        detail: `${typed ? 'typed' : 'untyped'} ${ms(deep)} against ${ms(shallow)}`,
      });
    }
    return {
      ratio: Math.max(...outcomes.map(({ ratio }) => ratio)),
      detail: outcomes.map(({ detail }) => detail).join('; '),
    };
  },
};

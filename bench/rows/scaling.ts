import { alternate, compare, lint, ruleTime } from '../measure.js';
import { type Row, ms } from '../row.js';

/** Twice the files should take twice the time. */
export const scalingRow: Row = {
  id: 'scaling',
  what: 'twice the files: rule time of `strict`, typed, against once',
  aim: 2.1,
  measure: async ({ generated, files, pairs }) => {
    const job = { typed: true, floating: false, ours: 'strict', stats: true } as const;
    const measured = await alternate(
      pairs,
      () => lint({ ...job, ...generated(files * 2, 0.1) }),
      () => lint({ ...job, ...generated(files, 0.1) }),
    );
    const { ours, base, ...figure } = compare(
      measured,
      (run) => ruleTime(run, 'resilience/'),
      (run) => ruleTime(run, 'resilience/'),
    );
    return { ...figure, detail: `${ms(ours)} for ${files * 2} files, ${ms(base)} for ${files}` };
  },
};

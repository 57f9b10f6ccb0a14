import { alternate, lint, median, ruleTime } from '../measure.js';
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
    const twice = median(measured.map(([run]) => ruleTime(run, 'resilience/')));
    const once = median(measured.map(([, run]) => ruleTime(run, 'resilience/')));
    return { ratio: twice / once, detail: `${ms(twice)} for ${files * 2} files, ${ms(once)} for ${files}` };
  },
};

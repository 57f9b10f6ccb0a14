import { alternate, compare, lint, ruleTime } from '../measure.js';
import { type Row, ms } from '../row.js';

/** What our rules cost in a typed run of their own, beside a rule that everybody knows the price of. */
export const ruleTimeRow: Row = {
  id: 'rule-time',
  what: 'all rules of `strict`, typed: rule time against `no-floating-promises` alone',
  aim: 0.3,
  measure: async ({ main, pairs }) => {
    const job = { ...main, typed: true, stats: true } as const;
    const measured = await alternate(
      pairs,
      () => lint({ ...job, floating: false, ours: 'strict' }),
      () => lint({ ...job, floating: true, ours: 'none' }),
    );
    const { ours, base, ...figure } = compare(
      measured,
      (run) => ruleTime(run, 'resilience/'),
      (run) => ruleTime(run, '@typescript-eslint/'),
    );
    const [run] = measured[0] ?? [];
    return {
      ...figure,
      detail: `${ms(ours)} against ${ms(base)}; ${run?.files ?? 0} files (${run?.unparsed ?? 0} not parsed), ${run?.reports ?? 0} findings`,
    };
  },
};

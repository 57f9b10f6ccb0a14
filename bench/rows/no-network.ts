import { alternate, compare, lint, ruleTime } from '../measure.js';
import { type Row, ms } from '../row.js';

/** Most files of a code base touch no network: there the rules should cost nothing. */
export const noNetworkRow: Row = {
  id: 'no-network',
  what: '`recommended` on files that touch no network: rule time against as many rules that do nothing',
  aim: 1.5,
  measure: async ({ generated, files, pairs }) => {
    const job = { ...generated(files, 0), typed: false, floating: false, stats: true } as const;
    const measured = await alternate(
      pairs,
      () => lint({ ...job, ours: 'recommended' }),
      () => lint({ ...job, ours: 'nothing' }),
    );
    const { ours, base, ...figure } = compare(
      measured,
      (run) => ruleTime(run, 'resilience/'),
      (run) => ruleTime(run, 'nothing/'),
    );
    return { ...figure, detail: `${ms(ours)} against ${ms(base)}; ${files} files` };
  },
};

import { interval, median } from '../measure.js';
import { type Row, ms } from '../row.js';

/** What `strict` adds to a typed run that a project has already. */
export const typedWallRow: Row = {
  id: 'typed-wall',
  what: '`no-floating-promises` plus `strict`, typed: wall time against `no-floating-promises`',
  aim: 1.03,
  measure: async ({ typedPairs }) => {
    const measured = await typedPairs();
    const ratios = measured.map(([ours, base]) => ours.wallMs / base.wallMs);
    const ours = median(measured.map(([run]) => run.wallMs));
    const base = median(measured.map(([, run]) => run.wallMs));
    return {
      ratio: median(ratios),
      interval: interval(ratios),
      detail: `${ms(ours)} against ${ms(base)}; ${measured.length} pairs`,
    };
  },
};

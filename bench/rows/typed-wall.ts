import { compare } from '../measure.js';
import { type Row, ms } from '../row.js';

/** What `strict` adds to a typed run that a project has already. */
export const typedWallRow: Row = {
  id: 'typed-wall',
  what: '`no-floating-promises` plus `strict`, typed: wall time against `no-floating-promises`',
  aim: 1.03,
  measure: async ({ typedPairs }) => {
    const measured = await typedPairs();
    const { ours, base, ...figure } = compare(
      measured,
      (run) => run.wallMs,
      (run) => run.wallMs,
    );
    return { ...figure, detail: `${ms(ours)} against ${ms(base)}; ${measured.length} pairs` };
  },
};

import { alternate, compare, lint } from '../measure.js';
import { type Row, ms } from '../row.js';

/** What `strict` adds to a run without types, in which parsing is the only other cost. */
export const untypedWallRow: Row = {
  id: 'untyped-wall',
  what: '`strict`, untyped: wall time against parsing alone',
  aim: 1.1,
  measure: async ({ main, pairs }) => {
    const job = { ...main, typed: false, floating: false, stats: false } as const;
    const measured = await alternate(
      Math.max(pairs, 7),
      () => lint({ ...job, ours: 'strict' }),
      () => lint({ ...job, ours: 'none' }),
    );
    const { ours, base, ...figure } = compare(
      measured,
      (run) => run.wallMs,
      (run) => run.wallMs,
    );
    return { ...figure, detail: `${ms(ours)} against ${ms(base)}` };
  },
};

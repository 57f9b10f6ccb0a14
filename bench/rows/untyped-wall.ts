import { alternate, interval, lint, median } from '../measure.js';
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
    const ratios = measured.map(([ours, base]) => ours.wallMs / base.wallMs);
    const [ours, base] = [0, 1].map((side) => median(measured.map((pair) => pair[side as 0 | 1].wallMs))) as [
      number,
      number,
    ];
    return { ratio: median(ratios), interval: interval(ratios), detail: `${ms(ours)} against ${ms(base)}` };
  },
};

import { interval, median } from '../measure.js';
import type { Row } from '../row.js';

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** What `strict` adds to the memory of the same typed runs. */
export const memoryRow: Row = {
  id: 'memory',
  what: 'the same runs: peak memory',
  aim: 1.05,
  measure: async ({ typedPairs }) => {
    const measured = await typedPairs();
    const ratios = measured.map(([ours, base]) => ours.peakBytes / base.peakBytes);
    const ours = median(measured.map(([run]) => run.peakBytes));
    const base = median(measured.map(([, run]) => run.peakBytes));
    return {
      ratio: median(ratios),
      interval: interval(ratios),
      detail: `${mebibytes(ours)} against ${mebibytes(base)}`,
    };
  },
};

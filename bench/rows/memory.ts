import { compare } from '../measure.js';
import type { Row } from '../row.js';

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** What `strict` adds to the memory of the same typed runs. */
export const memoryRow: Row = {
  id: 'memory',
  what: 'the same runs: peak memory',
  aim: 1.05,
  measure: async ({ typedPairs }) => {
    const measured = await typedPairs();
    const { ours, base, ...figure } = compare(
      measured,
      (run) => run.peakBytes,
      (run) => run.peakBytes,
    );
    return { ...figure, detail: `${mebibytes(ours)} against ${mebibytes(base)}` };
  },
};

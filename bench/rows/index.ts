/** Every row, in the order of the table. */
import type { Row } from '../row.js';
import { chainsRow } from './chains.js';
import { memoryRow } from './memory.js';
import { noNetworkRow } from './no-network.js';
import { oxlintRow } from './oxlint.js';
import { ruleTimeRow } from './rule-time.js';
import { scalingRow } from './scaling.js';
import { typedWallRow } from './typed-wall.js';
import { untypedWallRow } from './untyped-wall.js';

export const rows: readonly Row[] = [
  ruleTimeRow,
  noNetworkRow,
  untypedWallRow,
  typedWallRow,
  memoryRow,
  scalingRow,
  chainsRow,
  oxlintRow,
];

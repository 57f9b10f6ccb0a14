/**
 * Work that a budget cuts off comes to `unknown`, or to nothing. It is counted, so that such silence can be told from an
 * answer.
 */
let count = 0;

/** Counts a question that a budget has cut off. */
export function countCutOff(): void {
  count++;
}

/** How many questions budgets have cut off in this process so far. */
export function cutOffs(): number {
  return count;
}

/** A cheap look at a file's text: whether it can hold anything of interest at all. */
import { interestingWords } from './libraries.js';

let pattern: RegExp | null = null;

/**
 * Whether a file may reach the network: it names a library or the platform's clients, or it imports something (which may
 * be a client, or a function around one).
 */
export function mayHoldCalls(text: string): boolean {
  pattern ??= new RegExp(
    `\\b(?:import|require|${interestingWords()
      .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
      .join('|')})\\b`,
  );
  return pattern.test(text);
}

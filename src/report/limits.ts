/** How long policies let their operation take. */
import type { Evaluator } from '../analysis/evaluate.js';
import { isSpecial, memberAt } from '../analysis/members.js';
import { absent, possibilities, type PolicyValue } from '../analysis/values.js';

/** The shortest limit of several policies, ms; `null`: there is none, or it is not known. */
export function policyLimit(evaluator: Evaluator, parts: readonly PolicyValue[]): number | null {
  const limits = parts.flatMap(({ policy, args }): readonly number[] => {
    if (!policy.limit) return [];
    const { option, argument, none, defaultMs } = policy.limit;
    const position = typeof policy.options === 'number' ? policy.options : args.length - 1;
    const value =
      option === undefined ? (args[argument ?? -1] ?? absent) : memberAt(evaluator, args[position] ?? absent, option);
    const values = possibilities(value);
    if (values.some((member) => isSpecial(member, none))) return [];
    const [first] = values;
    if (first?.kind === 'literal' && typeof first.value === 'number') return [first.value];
    return first?.kind === 'absent' && typeof defaultMs === 'number' ? [defaultMs] : [];
  });
  return limits.length === 0 ? null : Math.min(...limits);
}

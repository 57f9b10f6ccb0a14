/** What calls of the platform's own functions give, as far as the analysis cares. */
import type { Evaluator } from './evaluate.js';
import { spreadParts } from './evaluation/expressions.js';
import { absent, literal, union, unknown, type Env, type ObjectValue, type Site, type Value } from './values.js';

/** `name(…)` for a global name: `AbortSignal.timeout`, `Object.assign`. */
export function callGlobal(evaluator: Evaluator, name: string, args: readonly Value[], site: Site, env: Env): Value {
  const first = args[0] ?? absent;
  switch (name) {
    case 'AbortSignal.timeout':
      return { kind: 'timeout-signal', ms: first, site, env };
    case 'AbortSignal.any':
      return {
        kind: 'any-signal',
        members: first.kind === 'array' ? first.elements : [null],
        site,
      };
    case 'AbortSignal.abort':
      return unknown('aborted', site);
    case 'Object.freeze':
    case 'Object.seal':
    case 'structuredClone':
    case 'Promise.resolve':
      return first;
    case 'Object.assign':
      return {
        kind: 'object',
        parts: args.flatMap((arg): ObjectValue['parts'] => [...spreadParts(arg, site)]),
        site,
      };
    case 'Number':
    case 'parseInt':
    case 'parseFloat':
    case 'Number.parseInt':
    case 'Number.parseFloat':
      return toNumber(first, site);
    case 'Math.max':
    case 'Math.min':
      return extreme(name === 'Math.max', args, site);
    case 'Math.round':
    case 'Math.floor':
    case 'Math.ceil':
    case 'Math.abs':
      return first.kind === 'environment' || (first.kind === 'literal' && typeof first.value === 'number')
        ? first
        : unknown(name, site);
    case 'String':
      return first.kind === 'literal' ? literal(String(first.value), site) : unknown(name, site);
    default:
      return unknown(name, site);
  }
}

/** `new name(…)` for a global name. */
export function constructGlobal(name: string, args: readonly Value[], site: Site, env: Env): Value {
  return name === 'AbortController' ? { kind: 'controller', site, env } : { kind: 'platform', name, args, site };
}

function toNumber(value: Value, site: Site): Value {
  switch (value.kind) {
    case 'literal':
      return literal(Number(value.value), site);
    case 'union':
      return union(value.members.map((member) => toNumber(member, site)));
    case 'environment':
    case 'parameter':
      return value;
    default:
      return unknown('number', site);
  }
}

/** `Math.min(…)` and `Math.max(…)`: with one known number among what is not, at least that is known. */
function extreme(largest: boolean, args: readonly Value[], site: Site): Value {
  const numbers = args.flatMap((arg) => (arg.kind === 'literal' && typeof arg.value === 'number' ? [arg.value] : []));
  if (numbers.length === args.length) return literal(largest ? Math.max(...numbers) : Math.min(...numbers), site);
  // A cap holds whatever the rest is.
  if (!largest && numbers.length > 0) return literal(Math.min(...numbers), site);
  return args.find((arg) => arg.kind === 'environment') ?? unknown('Math', site);
}

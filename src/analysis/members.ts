/** Members of values at dotted paths, and the values that libraries treat in their own way. */
import type { SpecialValue } from '../catalog/schema.js';
import type { Evaluator } from './evaluate.js';
import { possibilities, type Site, type Value } from './values.js';

/** A member at a dotted path. */
export function memberAt(evaluator: Evaluator, value: Value, path: string): Value {
  return path.split('.').reduce<Value>((object, name) => evaluator.property(object, name, null), value);
}

/** Where a member at a dotted path is written. */
export function siteOf(value: Value, path: string): Site | null {
  const [name, ...rest] = path.split('.');
  for (const member of possibilities(value)) {
    if (member.kind !== 'object') continue;
    for (const part of [...member.parts].reverse()) {
      if (!('key' in part)) {
        const inner = siteOf(part.spread, path);
        if (inner) return inner;
        continue;
      }
      if (part.key !== name) continue;
      return rest.length > 0 ? (siteOf(part.member.value, rest.join('.')) ?? part.member.site) : part.member.site;
    }
  }
  return null;
}

/** Whether a value is one of those that a library treats in its own way. */
export function isSpecial(value: Value, specials: readonly SpecialValue[] | undefined): boolean {
  if (!specials || value.kind !== 'literal') return false;
  return specials.some((special) => {
    switch (special) {
      case 'Infinity':
        return value.value === Infinity;
      case 'negative':
        return typeof value.value === 'number' && value.value < 0;
      case 'number':
        return typeof value.value === 'number';
      case 'above-2^31':
        return typeof value.value === 'number' && value.value >= 2 ** 31;
      default:
        return value.value === special;
    }
  });
}

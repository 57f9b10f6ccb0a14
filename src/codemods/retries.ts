/** `retries`: hand-written retries become the project's retry library, and every retry backs off, ends, and repeats safely. */
import type { TSESLint } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { effectOf } from '../analysis/effects.js';
import { growsTooLong, isSingle, isWellPaced, realWaits, waitsForNothing } from '../analysis/retries/judge.js';
import { keyOf, keySpec } from '../analysis/retries/keys.js';
import { nestedIn } from '../analysis/retries/nesting.js';
import { regionsOf, type Reached } from '../analysis/retries/reach.js';
import type { RetryScope } from '../analysis/retries/scope.js';
import { addKey, hoistKey } from '../fixes/keys.js';
import { addBackoff, addJitter, capWaits, limitAttempts, switchOff, type RetryFix } from '../fixes/retries.js';
import type { OpenFile } from '../project/open.js';
import type { Change, Codemod, Findings, Left, Package } from './codemod.js';
import { convertLoop } from './loops.js';

/** What the versions are that the code is written for. */
const ranges = { cockatiel: '^3.2.1', 'p-retry': '^7.0.0' };

export const retries: Codemod = {
  name: 'retries',
  summary: 'make hand-written retries use the project’s retry library, with backoff and jitter',
  rules: ['require-backoff', 'require-jitter', 'require-retry-limit', 'require-idempotent-retry', 'no-nested-retry'],
  begin: (target) => ({
    visit: (file) => (file.facts ? visit(file, file.facts, target) : { changes: [], left: [] }),
  }),
};

function visit(file: OpenFile, facts: Facts, target: Package): Findings {
  const { source, path } = file;
  const changes: Change[] = [];
  const left: Left[] = [];
  for (const scope of facts.retries) {
    if (scope.attempts !== null && scope.attempts < 2) continue;
    const { line } = scope.head.node.loc.start;
    const add = (fix: Pick<RetryFix, 'edits' | 'text'>, at = line): void => {
      changes.push({ path, line: at, what: fix.text, edits: fix.edits });
    };
    if (scope.elsewhere !== true && scope.explicit) {
      const converted = convertLoop(facts, source, scope);
      if (converted) {
        if (!converted.installed) target.require(converted.library, ranges[converted.library]);
        changes.push({ path, line, what: converted.text, edits: converted.edits, drops: converted.drops });
        // What it runs is looked at when it has its new form.
        continue;
      }
      for (const found of paceOf(facts, source, scope)) {
        if (typeof found === 'string') left.push({ path, line, why: found });
        else add(found);
      }
    }
    for (const reached of facts.reachedBy(scope).calls) {
      const found = keyFor(facts, source, scope, reached);
      const at = reached.report.loc.start.line;
      if (typeof found === 'string') left.push({ path, line: at, why: found });
      else if (found) add(found, at);
    }
    for (const nested of nestedIn(facts.evaluator, scope, facts.reachedBy(scope), facts.retries)) {
      const isTooMuch =
        nested.explicit ||
        (nested.product !== null && nested.product > facts.settings.maxAttempts) ||
        (nested.waitMs !== null && nested.waitMs > facts.settings.maxWaitMs);
      const { call, chain } = nested;
      const off = call && chain.length === 0 ? switchOff(facts, source, call) : null;
      const at = nested.report.node.loc.start.line;
      if (off) add(off, at);
      else if (isTooMuch)
        left.push({ path, line: at, why: `${nested.inner} retries inside ${scope.name}: one of them has to go` });
    }
  }
  return { changes, left: unique(left) };
}

/** What gives a retry an end, and waits that grow, differ and stop growing. A text: why there is none. */
function paceOf(facts: Facts, source: TSESLint.SourceCode, scope: RetryScope): readonly (RetryFix | string)[] {
  const endless = /^(?:fatal|unreachable|unbounded)$/.test(scope.limit) && !isWellPaced(scope);
  if (endless)
    return [limitAttempts(facts, source, scope) ?? `${scope.name} has no end, or none that is always reached`];
  if (waitsForNothing(scope) && !isSingle(scope)) {
    return [addBackoff(facts, source, scope, null) ?? `${scope.name} tries again without a wait`];
  }
  return realWaits(scope).flatMap((wait): (RetryFix | string)[] => {
    if (isSingle(scope)) return [];
    if (wait.growth === 'constant' || wait.growth === 'linear') {
      return [addBackoff(facts, source, scope, wait) ?? `the waits of ${scope.name} do not grow`];
    }
    if (
      wait.growth !== 'server' &&
      wait.growth !== 'unknown' &&
      (wait.jitter === 'none' || wait.jitter === 'clipped')
    ) {
      return [addJitter(facts, source, scope, wait) ?? `the waits of ${scope.name} are the same for everybody`];
    }
    if (growsTooLong(scope, wait, facts.settings.maxWaitMs)) {
      return [capWaits(facts, source, scope, wait) ?? `the waits of ${scope.name} grow without a cap`];
    }
    return [];
  });
}

/** What makes an operation safe to repeat; a text: why that is left to people; `null`: it is safe. */
function keyFor(
  facts: Facts,
  source: TSESLint.SourceCode,
  scope: RetryScope,
  reached: Reached,
): RetryFix | string | null {
  const { call, chain } = reached;
  if (scope.transaction === call.library) return null;
  const { effect, method } = effectOf(facts.evaluator, call);
  if (method !== null && scope.methods && !scope.methods.includes(method)) return null;
  if (effect !== 'non-idempotent-write') return null;
  const key = keyOf(facts.evaluator, call, regionsOf(scope, facts.reachedBy(scope)), reached.env);
  if (scope.kind === 'client' && keySpec(call)?.automatic === true && key.kind === 'none') return null;
  const name = call.name === '()' ? call.library.name : `${call.library.name} ${call.name}`;
  if (key.kind === 'none') {
    const fix = chain.length === 0 ? addKey(facts, source, scope, call) : null;
    return fix ?? `${name} may be carried out more than once, and its key has to come from its caller`;
  }
  if (key.kind !== 'unstable' || key.module !== facts.module) return null;
  return hoistKey(facts, source, scope, key.node) ?? `the key of ${name} is another one in each attempt`;
}

function unique(left: readonly Left[]): readonly Left[] {
  return [...new Map(left.map((place) => [`${String(place.line)}:${place.why}`, place])).values()];
}

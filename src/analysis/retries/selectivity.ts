/** What the ways into the next attempt have in common: attempts, waits, and which failures they are for. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, unwrap, variableOf, walk, type Module } from '../module.js';
import { possibilities } from '../values.js';
import type { Path } from './paths.js';
import type { Reach } from './reach.js';
import { type Circuit, type Course } from './rounds.js';
import type { LimitState, RetryScope, Selectivity, Wait } from './scope.js';
import { waitOf } from './waits.js';

const severity: readonly LimitState[] = ['limited', 'unknown', 'fatal', 'unbounded', 'unreachable'];

/** The worst limit of several ways, the most attempts, and every wait once. */
export function mergeCourses(
  courses: readonly Course[],
  evaluator: Evaluator,
  module: Module,
  paths: readonly Path[],
  operation: TSESTree.Node,
): Pick<RetryScope, 'attempts' | 'limit' | 'waits' | 'waitsUnknown'> {
  const limit = courses.reduce<LimitState>(
    (worst, course) => (severity.indexOf(course.limit) > severity.indexOf(worst) ? course.limit : worst),
    'limited',
  );
  const waits = new Map<TSESTree.Node, Wait>();
  for (const course of courses) {
    for (const wait of course.waits) {
      const other = waits.get(wait.report);
      waits.set(wait.report, other ? together(other, wait, course) : wait);
    }
  }
  const attempts = courses.map((course) => course.attempts);
  return {
    limit: limit,
    attempts: attempts.some((count) => count === null) ? null : Math.max(...attempts.map((count) => count ?? 0)),
    waits: [...waits.values()],
    waitsUnknown: paths.some((path) => mayWait(evaluator, module, path, operation)),
  };
}

/** One wait that several ways come to: no more random than on the worst of them, unless callers choose the way. */
function together(first: Wait, second: Wait, { given }: Course): Wait {
  if (first.jitter === second.jitter || first.growth === 'server' || second.growth === 'server') {
    return first.growth === 'server' ? second : first;
  }
  if (given.size > 0) return { ...first, jitter: 'unknown' };
  const jitters: readonly Wait['jitter'][] = ['none', 'clipped', 'weak', 'unknown', 'yes'];
  return jitters.indexOf(second.jitter) < jitters.indexOf(first.jitter) ? second : first;
}

/** Whether something is awaited on a way that may be a wait, for all that can be told: by its name. */
function mayWait(evaluator: Evaluator, module: Module, path: Path, operation: TSESTree.Node): boolean {
  return path.steps.some(({ kind, node: root }) => {
    if (kind === 'test') return false;
    let found = false;
    walk(root, module, (node) => {
      if (found || isFunction(node)) return false;
      if (node.type !== 'AwaitExpression' && node.type !== 'YieldExpression') return undefined;
      if (contains(node, operation) || contains(operation, node) || !node.argument) return undefined;
      const call = unwrap(node.argument);
      if (call.type !== 'CallExpression' || waitOf(evaluator, call, module)) return false;
      const name = module.text.slice(...call.callee.range);
      found =
        /sleep|wait|delay|back-?off|pause|throttl|limiter|acquire|schedul|tick|retry|later|timer|cool|next$/i.test(
          name,
        );
      if (
        !found &&
        possibilities(evaluator.evaluate(call.callee, module)).some(({ kind: what }) => what === 'parameter')
      )
        found = true;
      return false;
    });
    return found;
  });
}

/** Which failures are repeated, and whether what an answer asks for is honoured. */
export function selectivityOf(failures: readonly Path[], again: readonly Path[], circuit: Circuit): Selectivity {
  const { module, operation, region } = circuit;
  let filtered = false;
  let askedFor429 = false;
  for (const path of failures) {
    for (const step of path.steps) {
      if (step.kind !== 'test' || contains(step.node, operation)) continue;
      const text = module.text.slice(...step.node.range);
      if (path.handler?.param && namesAny(step.node, path.handler.param, module)) filtered = true;
      if (
        /\b(?:status|statusCode|code|retryable|retriable|shouldRetry|isRetry\w*|isTransient\w*|instanceof)\b/i.test(
          text,
        )
      )
        filtered = true;
      if (/\b429\b|TooManyRequests|rateLimit/i.test(text)) askedFor429 = true;
    }
  }
  for (const path of again)
    if (
      path.steps.some((step) => step.kind === 'test' && /\b(?:ok|status)\b/.test(module.text.slice(...step.node.range)))
    )
      filtered ||= hasStatusNumber(path, module);
  const text = module.text.slice(...region.range);
  const honours = /retry-?after|ratelimit-?reset/i.test(text);
  const looksAtAbort = /abort/i.test(text.replace(/AbortSignal\.timeout|AbortController/g, ''));
  return {
    failures: filtered ? 'filtered' : 'everything',
    ...(again.some((path) => path.handler === null && asksWhetherOk(path, module)) && { answers: true }),
    retryAfter: honours ? true : askedFor429 ? false : null,
    abort:
      filtered || looksAtAbort
        ? looksAtAbort
          ? false
          : null
        : takesOuterSignal(operation, region, module)
          ? true
          : null,
  };
}

/** Whether a way goes on because an answer is not `ok`. */
function asksWhetherOk(path: Path, module: Module): boolean {
  return path.steps.some((step) => step.kind === 'test' && /\.\s*ok\b/.test(module.text.slice(...step.node.range)));
}

function hasStatusNumber(path: Path, module: Module): boolean {
  return path.steps.some((step) => step.kind === 'test' && /\b[45]\d\d\b/.test(module.text.slice(...step.node.range)));
}

function namesAny(node: TSESTree.Node, pattern: TSESTree.Node, module: Module): boolean {
  const names = new Set<unknown>();
  walk(pattern, module, (inner) => {
    if (inner.type === 'Identifier') names.add(variableOf(module, inner));
    return undefined;
  });
  let found = false;
  walk(node, module, (inner) => {
    if (inner.type === 'Identifier') found ||= names.has(variableOf(module, inner));
    return !found;
  });
  return found;
}

/** Whether an operation is given a signal that lives longer than one attempt. */
function takesOuterSignal(operation: TSESTree.Node, region: TSESTree.Node, module: Module): boolean {
  let found = false;
  walk(operation, module, (node) => {
    if (node.type !== 'Identifier' || !/signal$/i.test(node.name)) return undefined;
    const name = variableOf(module, node)?.identifiers[0];
    if (name && !contains(region, name)) found = true;
    return undefined;
  });
  return found;
}

/**
 * Whether a failure that no further attempt can mend reaches the retry at all: a `fetch` that is refused resolves, and is not
 * repeated unless somebody throws; an operation that says by itself what is final is a filter.
 */
export function letsEverythingThrough(scope: RetryScope, reach: Reach): boolean {
  if (scope.selectivity.answers === true) return true;
  const texts = reach.regions.map(({ node, module }) => module.text.slice(...node.range));
  if (
    texts.some((text) =>
      /\bAbortError\(|\bbail\(|\bNonRetr\w+\(|\bnew \w*(?:Fatal|Permanent|Unrecoverable)\w*\(/.test(text),
    )
  )
    return false;
  const { calls } = reach;
  if (calls.length === 0) return scope.kind !== 'client';
  return calls.some(({ call }) => !isResolvedOnRefusal(call)) || texts.some((text) => /\bthrow\b/.test(text));
}

function isResolvedOnRefusal({ operation, library }: DownstreamCall): boolean {
  return operation.failure === 'status' || /^(?:fetch|node-fetch|cross-fetch|undici)$/.test(library.name);
}

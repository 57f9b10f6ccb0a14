/** Failure tests: tests that make a downstream fail, and the functions of the project that they run meanwhile. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { contains, memberName, unwrap, walk, type Module } from '../analysis/module.js';
import type { FunctionNode } from '../analysis/values.js';
import type { Evidence, Step } from './inventory.js';
import type { Places } from './places.js';

/** A test that makes something fail. */
export interface TestedFailure {
  readonly evidence: Evidence;
  /** Ids of the functions that it runs. */
  readonly runs: readonly string[];
  /** Addresses in it: what a mock server stands in for. */
  readonly hosts: readonly string[];
}

/** Libraries that make failures, or with which tests make them. */
const tools =
  /['"](?:nock|msw(?:\/\w+)?|undici|sinon|vitest|@jest\/globals|node:test|axios-mock-adapter|aws-sdk-client-mock|toxiproxy[\w-]*|testcontainers|fetch-mock|mockttp|pg-mem|node:https?|node:net|fastify|express)['"]|\b(?:jest|vi)\.\w/;

/** The failures that a test file makes. */
export function injectionsIn(
  facts: Facts,
  flows: readonly { readonly node: FunctionNode | null; readonly steps: Step }[],
  places: Places,
): readonly TestedFailure[] {
  const { module } = facts;
  if (!tools.test(module.text)) return [];
  const found: TestedFailure[] = [];
  const shared: string[] = [];
  const nodes: TSESTree.Node[] = [];
  walk(module.ast, module, (node) => {
    if (isInjection(node, module)) nodes.push(node);
    return undefined;
  });
  for (const { node, steps } of flows) if (!node) shared.push(...runsIn(steps));
  for (const node of nodes) {
    // The innermost test around it, else all tests of the file.
    const around = flows
      .filter((flow) => flow.node && contains(flow.node, node))
      .sort((a, b) => (b.node?.range[0] ?? 0) - (a.node?.range[0] ?? 0));
    const own = around.map(({ steps }) => runsIn(steps)).find((runs) => runs.length > 0);
    const scope = around[0]?.node ?? module.ast;
    found.push({
      evidence: places.evidence(node, module),
      runs: [...new Set(own ?? [...flows.flatMap(({ steps }) => runsIn(steps)), ...shared])].sort(),
      hosts: hostsIn(scope, module),
    });
  }
  return found;
}

/** A call or an assignment that makes a request fail, be late, or be refused. */
function isInjection(node: TSESTree.Node, module: Module): boolean {
  if (node.type === 'CallExpression') {
    const callee = unwrap(node.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (name === null || callee.type !== 'MemberExpression') return false;
    if (
      /^(?:mockRejectedValue(?:Once)?|replyWithError|networkError(?:Once)?|timeoutOnce|abortRequestOnce|delayConnection|rejects)$/.test(
        name,
      )
    ) {
      // `expect(…).rejects` is the check, not the failure.
      return !/\b(?:expect|assert)\b/.test(module.text.slice(...callee.object.range));
    }
    const object = module.text.slice(...callee.object.range);
    if (name === 'error' && object === 'HttpResponse') return true;
    if (name === 'delay' && node.arguments.some((one) => one.type === 'Literal' && one.value === 'infinite'))
      return true;
    if (/^(?:reply|respond|writeHead|status|code|sendStatus|intercept)$/.test(name))
      return node.arguments.some(isFailingStatus);
    return /^(?:destroy|resetAndDestroy)$/.test(name) && /\b(?:socket|request|response|res|reply)\b/i.test(object);
  }
  if (node.type === 'Property' && node.key.type === 'Identifier' && /^status(?:Code)?$/.test(node.key.name))
    return isFailingStatus(node.value);
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression')
    return memberName(node.left) === 'statusCode' && isFailingStatus(node.right);
  return false;
}

function isFailingStatus(node: TSESTree.Node): boolean {
  return (
    node.type === 'Literal' &&
    typeof node.value === 'number' &&
    (node.value === 408 || node.value === 429 || (node.value >= 500 && node.value < 600))
  );
}

function hostsIn(root: TSESTree.Node, module: Module): readonly string[] {
  const hosts = module.text.slice(...root.range).matchAll(/https?:\/\/(?<host>[\w.-]+(?::\d+)?)/gu);
  return [...new Set([...hosts].map(({ groups }) => groups?.['host'] ?? ''))].sort();
}

function runsIn(step: Step): readonly string[] {
  if ('run' in step) return [step.run];
  if ('call' in step) return [];
  if ('seq' in step) return step.seq.flatMap(runsIn);
  if ('par' in step) return step.par.flatMap(runsIn);
  if ('alt' in step) return step.alt.flatMap(runsIn);
  if ('retry' in step) return runsIn(step.retry);
  if ('each' in step) return runsIn(step.each);
  if ('under' in step) return runsIn(step.under);
  if ('caught' in step) return runsIn(step.caught);
  return runsIn(step.detached);
}

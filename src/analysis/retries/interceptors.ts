/** Interceptors that send a failed request again: `return client(error.config)`. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { noEnv, possibilities, type FunctionNode } from '../values.js';
import { hasOtherReason } from './causes.js';
import { pathsThrough, type Path } from './paths.js';
import { goRoundAll, initialState, type Circuit } from './rounds.js';
import type { LimitState, RetryScope } from './scope.js';
import { mergeCourses, selectivityOf } from './selectivity.js';

/** The interceptors of a file that send again. */
export function interceptorsIn(evaluator: Evaluator, module: Module): readonly RetryScope[] {
  if (!module.text.includes('interceptors')) return [];
  const scopes: RetryScope[] = [];
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression') return undefined;
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'use') return undefined;
    if (!/\binterceptors\.response$/.test(module.text.slice(...callee.object.range))) return undefined;
    const argument = node.arguments[1];
    const handler = argument && argument.type !== 'SpreadElement' ? handlerOf(evaluator, argument, module) : null;
    const scope = handler && judge(evaluator, callee, handler, module);
    if (scope) scopes.push(scope);
    return undefined;
  });
  return scopes;
}

function handlerOf(evaluator: Evaluator, argument: TSESTree.Node, module: Module): FunctionNode | null {
  for (const value of possibilities(evaluator.evaluate(argument, module))) {
    if (value.kind === 'function' && value.module === module) return value.node;
  }
  return null;
}

function judge(
  evaluator: Evaluator,
  callee: TSESTree.MemberExpression,
  handler: FunctionNode,
  module: Module,
): RetryScope | null {
  const [error] = handler.params;
  if (!error) return null;
  const sends: TSESTree.CallExpression[] = [];
  walk(handler.body, module, (node) => {
    if (node.type === 'CallExpression' && sendsAgain(evaluator, node, handler, module)) sends.push(node);
    return undefined;
  });
  const [send] = sends;
  if (!send) return null;
  const again = (node: TSESTree.Node): TSESTree.Node | null => sends.find((call) => contains(node, call)) ?? null;
  const statements =
    handler.body.type === 'BlockStatement'
      ? handler.body.body
      : [
          {
            type: 'ReturnStatement',
            argument: handler.body,
            range: handler.body.range,
            loc: handler.body.loc,
            parent: handler,
          } as unknown as TSESTree.ReturnStatement,
        ];
  const paths = pathsThrough(statements, { module, operation: callee, fails: false, loop: null, again }, true);
  const ways = (paths ?? []).filter((path) => path.end === 'next' && !hasOtherReason(path, module, callee));
  if (ways.length === 0) return null;
  const circuit: Circuit = {
    evaluator,
    module,
    env: noEnv,
    region: handler,
    operation: callee,
    initial: initialState(evaluator, handler, module, noEnv),
    test: null,
    testLast: false,
    update: null,
    lists: new Map(),
    rounds: null,
    advance: null,
  };
  const courses = goRoundAll(circuit, ways, send);
  const merged = mergeCourses(courses, evaluator, module, ways, callee);
  const { attempts, limit } = limitOf(ways, handler, module);
  return {
    kind: 'interceptor',
    module,
    node: handler,
    head: { node: send },
    name: 'this interceptor',
    explicit: true,
    runs: [],
    ...merged,
    attempts,
    limit,
    limitSite: null,
    selectivity: selectivityOf(paths ?? [], ways, circuit),
    methods: methodsIn(handler, module),
    loop: null,
    options: null,
  };
}

/** Whether a call sends the configuration of the failed request once more. */
function sendsAgain(
  evaluator: Evaluator,
  node: TSESTree.CallExpression,
  handler: FunctionNode,
  module: Module,
): boolean {
  const [argument] = node.arguments;
  if (!argument || argument.type === 'SpreadElement' || !isFailedConfig(argument, handler, module, 0)) return false;
  const callee = unwrap(node.callee);
  if (possibilities(evaluator.evaluate(callee, module)).some(({ kind }) => kind === 'client' || kind === 'method'))
    return true;
  const name =
    callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '';
  return /axios|instance|client|http|api|^request$/i.test(name);
}

/** `error.config`, or a variable that holds it. */
function isFailedConfig(node: TSESTree.Node, handler: FunctionNode, module: Module, depth: number): boolean {
  const inner = unwrap(node);
  if (depth > 3) return false;
  if (inner.type === 'MemberExpression')
    return memberName(inner) === 'config' && unwrap(inner.object).type === 'Identifier';
  if (inner.type === 'ObjectExpression') {
    return inner.properties.some(
      (property) => property.type === 'SpreadElement' && isFailedConfig(property.argument, handler, module, depth + 1),
    );
  }
  if (inner.type !== 'Identifier') return false;
  const definition = variableOf(module, inner)?.defs[0];
  const declarator = definition?.node as TSESTree.Node | undefined;
  if (declarator?.type === 'VariableDeclarator' && declarator.init) {
    if (declarator.id.type === 'ObjectPattern') {
      return declarator.id.properties.some(
        (property) =>
          property.type === 'Property' &&
          property.key.type === 'Identifier' &&
          property.key.name === 'config' &&
          contains(property.value, variableOf(module, inner)?.identifiers[0] ?? inner),
      );
    }
    return isFailedConfig(declarator.init, handler, module, depth + 1);
  }
  // `({ config }) => client(config)`
  return isFunction(declarator) && inner.name === 'config' && handler.params[0]?.type === 'ObjectPattern';
}

/** Once, where a flag on the request says so; counted, where a number does. */
function limitOf(
  ways: readonly Path[],
  handler: FunctionNode,
  module: Module,
): { readonly attempts: number | null; readonly limit: LimitState } {
  const text = module.text.slice(...handler.range);
  if (/\.\s*_?_?(?:isRetry|retried|retry|hasRetried|isRetryRequest)\s*=\s*true/.test(text))
    return { attempts: 2, limit: 'limited' };
  const counted = ways.every((path) =>
    path.steps.some(
      ({ kind, node }) => kind === 'test' && /retr|attempt|count|tries/i.test(module.text.slice(...node.range)),
    ),
  );
  return counted ? { attempts: null, limit: 'unknown' } : { attempts: null, limit: 'unbounded' };
}

/** The methods that an interceptor looks for before it sends again; `null`: it does not look. */
function methodsIn(handler: FunctionNode, module: Module): readonly string[] | null {
  const text = withoutComments(module.text.slice(...handler.range));
  if (!/\bmethod\b|idempotent/i.test(text)) return null;
  return ['GET'];
}

/** Code, without what is said about it. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}

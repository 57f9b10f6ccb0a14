/** A client as it is when the code that builds it has run: with the defaults that are set on it afterwards. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { CallNode } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { enclosingClass, keyName, memberName, variableOf, wrapped, type Module, type Variable } from './module.js';
import { noEnv, possibilities, type ClientValue, type Value } from './values.js';

/** The client that is built at `node`, with what `http.defaults.timeout = 5000` or `this.http.defaults…` sets on it. */
export function settledClient(
  evaluator: Evaluator,
  module: Module,
  { node, client }: { readonly node: CallNode; readonly client: ClientValue },
): ClientValue {
  if (client.type.defaults === undefined) return client;
  const kept = keptIn(evaluator, node, module);
  const values = kept ? possibilities(kept) : [];
  return values.find((value): value is ClientValue => value.kind === 'client' && value.site?.node === node) ?? client;
}

/** What the variable or the field that a value is put into holds in the end; `null` where there is none. */
function keptIn(evaluator: Evaluator, node: TSESTree.Node, module: Module): Value | null {
  const { parent } = wrapped(node);
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? lastValue(evaluator, variableOf(module, parent.id), module) : null;
    case 'PropertyDefinition':
      return fieldOf(evaluator, parent, keyName(parent), module);
    case 'AssignmentExpression': {
      const { left } = parent;
      if (left.type === 'Identifier') return lastValue(evaluator, variableOf(module, left), module);
      const own = left.type === 'MemberExpression' && left.object.type === 'ThisExpression';
      return own ? fieldOf(evaluator, left, memberName(left), module) : null;
    }
    default:
      return null;
  }
}

function fieldOf(evaluator: Evaluator, node: TSESTree.Node, name: string | null, module: Module): Value | null {
  const owner = enclosingClass(node);
  if (!owner || name === null) return null;
  return evaluator.property(
    { kind: 'instance', class: { kind: 'class', node: owner, module }, args: null, site: null },
    name,
    null,
  );
}

/** What a variable holds where its scope ends. */
function lastValue(evaluator: Evaluator, variable: Variable | null, module: Module): Value | null {
  if (!variable) return null;
  const { block } = variable.scope;
  const inner = 'body' in block ? block.body : null;
  const body = inner && !Array.isArray(inner) ? inner : block;
  const end = body.range[1];
  const use = { ...body, parent: body, range: [end, end] } as TSESTree.Node;
  return evaluator.variable(variable, module, noEnv, use);
}

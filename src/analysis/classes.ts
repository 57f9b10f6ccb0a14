/** What a class of the project writes into its own fields, and where. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberWriteAt, type MemberWrite } from './flow.js';
import { isFunction, keyName, walk, type Module } from './module.js';
import type { ClassNode } from './values.js';

/** One write to a field: its initial value, a parameter property, or an assignment to `this.field`. */
export interface FieldWrite {
  readonly node: TSESTree.Node;
  readonly value: TSESTree.Node;
  readonly operator: string;
  /** Members below the field: `['defaults', 'timeout']` for `this.client.defaults.timeout = 5`. */
  readonly path: readonly string[];
  /** Certain to have happened when a method runs. */
  readonly certain: boolean;
}

/** The members of a class, by name. */
export interface ClassMembers {
  readonly fields: ReadonlyMap<string, readonly FieldWrite[]>;
  readonly staticFields: ReadonlyMap<string, readonly FieldWrite[]>;
  readonly methods: ReadonlyMap<string, TSESTree.FunctionExpression>;
  readonly staticMethods: ReadonlyMap<string, TSESTree.FunctionExpression>;
  readonly getters: ReadonlyMap<string, TSESTree.FunctionExpression>;
  readonly annotations: ReadonlyMap<string, TSESTree.TSTypeAnnotation>;
  readonly decorated: ReadonlySet<string>;
  readonly constructorNode: TSESTree.FunctionExpression | null;
  readonly superCall: TSESTree.CallExpression | null;
}

const known = new WeakMap<ClassNode, ClassMembers>();

/** The members of a class, read once. */
export function membersOf(node: ClassNode, module: Module): ClassMembers {
  const members = known.get(node) ?? readMembers(node, module);
  known.set(node, members);
  return members;
}

function readMembers(node: ClassNode, module: Module): ClassMembers {
  const fields = new Map<string, FieldWrite[]>();
  const staticFields = new Map<string, FieldWrite[]>();
  const methods = new Map<string, TSESTree.FunctionExpression>();
  const staticMethods = new Map<string, TSESTree.FunctionExpression>();
  const getters = new Map<string, TSESTree.FunctionExpression>();
  const annotations = new Map<string, TSESTree.TSTypeAnnotation>();
  const decorated = new Set<string>();
  let constructorNode: TSESTree.FunctionExpression | null = null;
  let superCall: TSESTree.CallExpression | null = null;
  const add = (name: string, write: FieldWrite): void => {
    fields.set(name, [...(fields.get(name) ?? []), write]);
  };

  for (const member of node.body.body) {
    if (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') {
      const name = keyName(member);
      if (name === null) continue;
      if (member.typeAnnotation) annotations.set(name, member.typeAnnotation);
      if (member.decorators.length > 0) decorated.add(name);
      if (!member.value) continue;
      const write = { node: member, value: member.value, operator: '=', path: [], certain: true };
      if (member.static) staticFields.set(name, [write]);
      else add(name, write);
    } else if (member.type === 'MethodDefinition' && member.value.type === 'FunctionExpression') {
      if (member.kind === 'constructor') {
        constructorNode = member.value;
        for (const parameter of member.value.params) {
          if (parameter.type !== 'TSParameterProperty') continue;
          const binding =
            parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
          if (binding.typeAnnotation) annotations.set(binding.name, binding.typeAnnotation);
          add(binding.name, { node: parameter, value: binding, operator: '=', path: [], certain: true });
        }
      }
      const name = keyName(member);
      if (name === null) continue;
      if (member.kind === 'get') getters.set(name, member.value);
      else if (member.kind === 'method') (member.static ? staticMethods : methods).set(name, member.value);
    }
  }

  walk(node.body, module, (inner) => {
    if (inner.type === 'ClassDeclaration' || inner.type === 'ClassExpression') return false;
    if (inner.type === 'CallExpression' && inner.callee.type === 'Super') superCall ??= inner;
    if (inner.type !== 'ThisExpression') return undefined;
    const write = memberWriteAt(inner);
    const name = write?.path[0];
    if (write && name !== undefined) {
      add(name, {
        node: write.node,
        value: write.node.right,
        operator: write.node.operator,
        path: write.path.slice(1),
        certain: isTopLevelOf(write, constructorNode),
      });
    }
    return undefined;
  });
  return {
    fields,
    staticFields,
    methods,
    staticMethods,
    getters,
    annotations,
    decorated,
    constructorNode,
    superCall,
  };
}

/** Whether an assignment is a statement of the constructor's own body. */
function isTopLevelOf({ node }: MemberWrite, constructorNode: TSESTree.FunctionExpression | null): boolean {
  const statement = node.parent;
  return (
    statement.type === 'ExpressionStatement' &&
    statement.parent === constructorNode?.body &&
    isFunction(statement.parent.parent)
  );
}

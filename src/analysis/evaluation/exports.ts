/** What imports stand for: exports of the project's modules, of packages, and of the platform. */
import type { TSESTree } from '@typescript-eslint/utils';
import { ownNamed, resolveExport, typeNamed, type ResolvedExport } from '../libraries.js';
import { variableOf, type Module } from '../module.js';
import { importOf } from '../imports.js';
import { exportsOf, type ExportEntry, type ExportTable } from '../modules.js';
import { absent, mapValue, noEnv, union, unknown, type ClientValue, type Value } from '../values.js';
import type { Evaluator } from '../evaluate.js';
import { propertyOf } from './properties.js';
import { findByName } from './annotations.js';
import { variableValue } from './variables.js';
import { endOf } from './writes.js';

/** What the whole of a package is: `require('axios')` is a client too. */
export function wholePackage(evaluator: Evaluator, value: Value): Value {
  if (value.kind !== 'external' || value.path.length > 0) return value;
  const found = resolveExport(value.package, ['default']);
  return (found && exportValue(evaluator, found)) ?? value;
}

export function importBinding(evaluator: Evaluator, node: TSESTree.Node, module: Module): Value {
  const { source, imported } = importOf(node);
  return source ? importedValue(evaluator, source, imported, module) : unknown('import', { node, module });
}

export function importedValue(
  evaluator: Evaluator,
  source: TSESTree.StringLiteral,
  name: string,
  module: Module,
): Value {
  const resolution = evaluator.modules.resolve(source, module);
  switch (resolution.kind) {
    case 'package':
      return externalValue(evaluator, resolution.name, name === '*' ? [] : [name]);
    case 'module': {
      const other = evaluator.open(resolution);
      return other
        ? exportedValue(evaluator, other, name)
        : unknown(`cannot read ${source.value}`, { node: source, module });
    }
    case 'missing':
      return unknown(`cannot find ${source.value}`, { node: source, module });
  }
}

/** What a module exports under a name: `*` for all of it. */
export function exportedValue(evaluator: Evaluator, module: Module, name: string, seen: readonly Module[] = []): Value {
  const own = ownNamed(name, null, module.path);
  const named = own && exportValue(evaluator, own);
  if (named) return named;
  const table = exportsOf(module);
  if (name === '*')
    return table.whole.length > 0 ? wholeModule(evaluator, table, module, seen) : { kind: 'namespace', module };
  const entries = table.named.get(name);
  if (entries && !(table.commonjs && name === 'default')) {
    return union(entries.map((entry) => exportEntry(evaluator, entry, module, seen)));
  }
  if (table.commonjs) {
    if (table.whole.length === 0) return name === 'default' ? { kind: 'namespace', module } : absent;
    const whole = wholeModule(evaluator, table, module, seen);
    return name === 'default' ? whole : propertyOf(evaluator, whole, name, { node: module.ast, module });
  }
  for (const star of table.stars) {
    const resolution = evaluator.modules.resolve(star, module);
    if (resolution.kind === 'package') {
      const value = externalValue(evaluator, resolution.name, [name]);
      if (value.kind !== 'external') return value;
    }
    // A barrel of many files: only those are parsed that can have the name.
    if (resolution.kind === 'module' && !resolution.mayExport(name)) continue;
    const other = evaluator.open(resolution);
    if (!other || seen.includes(other)) continue;
    const value = exportedValue(evaluator, other, name, [...seen, module]);
    if (value.kind !== 'absent') return value;
  }
  return absent;
}

/** What a CommonJS module puts in the place of its exports, with what it adds to that. */
function wholeModule(evaluator: Evaluator, table: ExportTable, module: Module, seen: readonly Module[]): Value {
  const whole = union(table.whole.map((node) => evaluator.evaluate(node, module)));
  const added = [...table.named].flatMap(([name, entries]) => {
    const own = entries.filter((entry) => entry.kind === 'node' && entry.node.parent?.type === 'AssignmentExpression');
    return own.map((entry) => ({ name, entry }));
  });
  if (added.length === 0) return whole;
  return mapValue(whole, (value) =>
    value.kind === 'object'
      ? {
          ...value,
          parts: [
            ...value.parts,
            ...added.map(({ name, entry }) => ({
              key: name,
              member: { value: exportEntry(evaluator, entry, module, seen), site: { node: module.ast, module } },
            })),
          ],
        }
      : value,
  );
}

function exportEntry(evaluator: Evaluator, entry: ExportEntry, module: Module, seen: readonly Module[]): Value {
  switch (entry.kind) {
    case 'node':
      return evaluator.evaluate(entry.node, module);
    case 'local': {
      const variable = variableOf(module, entry.identifier) ?? findByName(module, entry.identifier);
      // As a user of the module sees it: after all of it has run.
      return variable ? variableValue(evaluator, variable, module, noEnv, endOf(module)) : unknown('export', null);
    }
    case 'from': {
      const resolution = evaluator.modules.resolve(entry.source, module);
      if (resolution.kind === 'package')
        return externalValue(evaluator, resolution.name, entry.name === '*' ? [] : [entry.name]);
      const other = evaluator.open(resolution);
      if (!other || seen.includes(other)) return unknown('export from', null);
      return exportedValue(evaluator, other, entry.name, [...seen, module]);
    }
  }
}

/** A name of a package or of the platform: what the catalog says of it, else itself. */
export function externalValue(evaluator: Evaluator, packageName: string, path: readonly string[]): Value {
  if (packageName === 'global' && /^(?:globalThis|window|self|global)$/.test(path[0] ?? '') && path.length > 1) {
    return externalValue(evaluator, 'global', path.slice(1));
  }
  const found = resolveExport(packageName, path);
  if (found && !(found.name === 'default' && path.length === 0)) {
    const value = exportValue(evaluator, found);
    if (value) return value;
  }
  return { kind: 'external', package: packageName, path };
}

/** A ready client of a package, or a policy, with the members that the path goes on to. */
export function exportValue(evaluator: Evaluator, found: ResolvedExport): Value | null {
  const { library, export: exported, rest } = found;
  let value: Value | null = null;
  if (exported.is === 'client') {
    const type = typeNamed(library, exported.type);
    value = type && {
      kind: 'client',
      library,
      type,
      site: null,
      configs: [],
      origin: 'shared',
      target: null,
      configIndex: null,
    };
  } else if (exported.is === 'operation') {
    const type = typeNamed(library, exported.type);
    const client: ClientValue | null = type && {
      kind: 'client',
      library,
      type,
      site: null,
      configs: [],
      origin: 'shared',
      target: null,
      configIndex: null,
    };
    value = client && { kind: 'method', client, name: exported.operation };
  } else if (exported.is === 'policy') {
    const policy = library.policies?.[exported.policy];
    value = policy
      ? { kind: 'policy', library, policy, name: exported.policy, site: null, args: [], built: false, method: null }
      : null;
  }
  return value && rest.reduce<Value>((object, name) => propertyOf(evaluator, object, name, null), value);
}

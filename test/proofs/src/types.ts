/**
 * Proves what the catalog names against the declarations of the installed libraries: every exported name, client type,
 * operation and option at its position. Each `types/<library>.ts` says where the client types are found; it is compiled too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { catalog } from '../../../src/catalog/index.js';
import type {
  Bound,
  ClientType,
  Derivation,
  Export,
  Library,
  Operation,
  Policy,
  Position,
} from '../../../src/catalog/schema.js';
import type { Row } from './row.js';
import { satisfies } from './versions.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const only = process.argv.slice(2);

const files = readdirSync(path.join(root, 'types'))
  .filter((file) => file.endsWith('.ts') && (only.length === 0 || only.includes(file.replace(/\.ts$/, ''))))
  .map((file) => path.join(root, 'types', file));

const program = ts.createProgram(files, {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
});
const checker = program.getTypeChecker();

const rows: Row[] = [];

const matches = (pattern: string, name: string): boolean =>
  pattern === '*'
    ? true
    : pattern.startsWith('*')
      ? name.endsWith(pattern.slice(1))
      : pattern.endsWith('*')
        ? name.startsWith(pattern.slice(0, -1))
        : pattern === name;

const isAny = (type: ts.Type): boolean =>
  (type.flags &
    (ts.TypeFlags.Any |
      ts.TypeFlags.Unknown |
      ts.TypeFlags.Substitution |
      ts.TypeFlags.IndexedAccess |
      ts.TypeFlags.NonPrimitive)) !==
  0;

const partsOf = (type: ts.Type): readonly ts.Type[] => {
  const plain = checker.getNonNullableType(type);
  return plain.isUnion() ? plain.types : [plain];
};

const symbolName = (symbol: ts.Symbol | undefined): string | undefined => {
  if (!symbol) return undefined;
  if (symbol.name !== 'default') return symbol.name.replace(/^"|"$/g, '');
  const declaration = symbol.declarations?.[0] as ts.NamedDeclaration | undefined;
  return declaration?.name && ts.isIdentifier(declaration.name) ? declaration.name.text : 'default';
};

/** Every name under which a checker shows a type: alias, symbol, parts, bases. */
const namesOf = (type: ts.Type, seen = new Set<ts.Type>()): Set<string> => {
  const names = new Set<string>();
  if (seen.has(type)) return names;
  seen.add(type);
  for (const name of [symbolName(type.aliasSymbol), symbolName(type.symbol)]) if (name) names.add(name);
  const parts = [
    ...(type.isUnionOrIntersection() ? type.types : []),
    ...(type.isClassOrInterface() ? checker.getBaseTypes(type) : []),
    ...((type as ts.TypeReference).target && (type as ts.TypeReference).target !== type
      ? [(type as ts.TypeReference).target]
      : []),
  ];
  for (const part of parts) for (const name of namesOf(part, seen)) names.add(name);
  for (const signature of type.getCallSignatures()) {
    const parent = signature.getDeclaration()?.parent as ts.Node | undefined;
    const named = parent && (ts.isInterfaceDeclaration(parent) || ts.isTypeLiteralNode(parent)) ? parent : undefined;
    if (named && ts.isInterfaceDeclaration(named)) names.add(named.name.text);
  }
  return names;
};

const shows = (type: ts.Type, types: readonly string[]): boolean => {
  const names = namesOf(type);
  return types.some((name) => {
    const bare = name.split('#').at(-1)!;
    return names.has(bare) || (bare.includes('*') && [...names].some((one) => matches(bare, one)));
  });
};

const property = (type: ts.Type, name: string): ts.Type | undefined => {
  for (const part of partsOf(type)) {
    if (isAny(part)) return part;
    if (part.isIntersection() && part.types.some(isAny)) return part.types.find(isAny);
    const symbol =
      checker.getPropertyOfType(part, name) ?? checker.getPropertyOfType(checker.getApparentType(part), name);
    if (symbol) return checker.getTypeOfSymbol(symbol);
    const index = part.getStringIndexType();
    if (index) return index;
    const constraint = checker.getBaseConstraintOfType(part);
    if (constraint && constraint !== part) {
      const found = property(constraint, name);
      if (found) return found;
    }
  }
  return undefined;
};

const hasPath = (type: ts.Type, dotted: string): boolean => {
  let types: ts.Type[] = [type];
  for (const key of dotted.split('.')) {
    types = types
      .flatMap((one) => partsOf(one))
      .flatMap((part) => {
        const next = property(part, key);
        return next ? [next] : [];
      });
    if (types.length === 0) return false;
  }
  return true;
};

const parameterTypes = (signatures: readonly ts.Signature[], position: Position): ts.Type[] =>
  signatures.flatMap((signature) => {
    const parameters = signature.getParameters();
    const at = (index: number): ts.Type[] => {
      const last = parameters.at(-1);
      const rest =
        last?.valueDeclaration && ts.isParameter(last.valueDeclaration) && last.valueDeclaration.dotDotDotToken;
      if (rest && index >= parameters.length - 1) {
        const type = checker.getTypeOfSymbol(last);
        return partsOf(type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type).flatMap(
          (part) => {
            const tuple = checker.getTypeArguments(part as ts.TypeReference);
            return checker.isTupleType(part)
              ? tuple.slice(index - parameters.length + 1, index - parameters.length + 2)
              : [...tuple];
          },
        );
      }
      const parameter = parameters[index];
      return parameter ? [checker.getTypeOfSymbol(parameter)] : [];
    };
    if (position === 'last') return [...at(parameters.length - 1), ...at(parameters.length - 2)];
    return (typeof position === 'number' ? [position] : position).flatMap(at);
  });

const returned = (signatures: readonly ts.Signature[]): ts.Type[] =>
  signatures.map((signature) => {
    const type = signature.getReturnType();
    return checker.getAwaitedType(type) ?? type;
  });

class Proof {
  problems: string[] = [];
  checked = 0;

  check(condition: boolean, problem: string): void {
    this.checked += 1;
    if (!condition) this.problems.push(problem);
  }
}

const known = (bound: Bound, version: string, place: 'call' | 'construction'): boolean =>
  satisfies(version, bound.versions) &&
  (bound.where === place || bound.where === 'both') &&
  bound.untyped !== place &&
  !(bound.kind === 'no-effect' && bound.fault === 'ignored');

const checkOptions = (proof: Proof, what: string, types: readonly ts.Type[], options: readonly string[]): void => {
  if (options.length === 0) return;
  proof.check(types.length > 0, `${what}: no parameter at the position of the options`);
  if (types.length === 0) return;
  for (const option of options) {
    proof.check(
      types.some((type) => hasPath(type, option)),
      `${what}: no option ${option}${process.env['DEBUG'] ? ` in ${types.map((type) => checker.typeToString(type)).join(' / ')}` : ''}`,
    );
  }
};

const constructionOptions = (client: ClientType, version: string): string[] => [
  ...client.bounds
    .filter((bound) => known(bound, version, 'construction'))
    .flatMap((bound) => [bound.option, ...(bound.requires ? [bound.requires] : [])]),
  ...(client.retry && client.retry.where !== 'call' ? retryPaths(client.retry.options, version) : []),
  ...(client.target ? [client.target] : []),
];

const retryPaths = (options: NonNullable<ClientType['retry']>['options'], _version: string): string[] => {
  if (!options) return [];
  const { attempts, delay, factor, cap, jitter, shape, filter, delayFunction, signal } = options;
  const dotted = [
    attempts?.option,
    delay?.option,
    factor,
    cap?.option,
    jitter?.option,
    shape?.option,
    filter,
    delayFunction,
    signal,
  ];
  const present = dotted.filter((one): one is string => one !== undefined);
  const inner = shape && !shape.option.includes('.') ? shape.option : undefined;
  return present.filter((one) => one !== '' && !(inner && one.startsWith(`${inner}.`)));
};

function checkDerivation(
  proof: Proof,
  what: string,
  value: ts.Type,
  derivation: Omit<Derivation, 'name'>,
  kind: 'class' | 'factory',
  library: Library,
  version: string,
): void {
  const client = library.clients?.[derivation.type];
  proof.check(client !== undefined, `${what}: no client ${derivation.type}`);
  if (!client) return;
  const signatures = kind === 'class' ? value.getConstructSignatures() : value.getCallSignatures();
  proof.check(signatures.length > 0 || isAny(value), `${what}: not a ${kind}`);
  if (client.types.length > 0 && signatures.length > 0) {
    proof.check(
      returned(signatures).some(
        (type) =>
          // A void answer goes to a callback.
          (type.flags & ts.TypeFlags.Void) !== 0 ||
          isAny(type) ||
          shows(type, client.types) ||
          // A factory of classes.
          returned(type.getConstructSignatures()).some((made) => shows(made, client.types)) ||
          type.symbol?.name === 'DynamicModule',
      ),
      `${what}: makes ${returned(signatures)
        .map((type) => [...namesOf(type)].join('/'))
        .join(', ')}, not ${client.types.join(', ')}`,
    );
  }
  // What a function of the options gives (`useFactory`) has a type that the caller chooses.
  if (derivation.config !== undefined && derivation.configFrom === undefined && signatures.length > 0) {
    checkOptions(proof, what, parameterTypes(signatures, derivation.config), constructionOptions(client, version));
  }
}

function checkExport(
  proof: Proof,
  name: string,
  value: ts.Type,
  exported: Export,
  library: Library,
  version: string,
): void {
  switch (exported.is) {
    case 'class':
    case 'factory':
      return checkDerivation(proof, name, value, exported, exported.is, library, version);
    case 'client': {
      const client = library.clients?.[exported.type];
      proof.check(client !== undefined, `${name}: no client ${exported.type}`);
      if (client && client.types.length > 0) {
        const shown = [value, ...returned(value.getConstructSignatures())].some((type) => shows(type, client.types));
        proof.check(shown, `${name} shows as ${[...namesOf(value)].join(', ')}`);
      }
      return;
    }
    case 'operation': {
      const client = library.clients?.[exported.type];
      const operation = client?.operations.find((one) => [one.name].flat().includes(exported.operation));
      proof.check(operation !== undefined, `${name}: no operation ${exported.operation} of ${exported.type}`);
      proof.check(value.getCallSignatures().length > 0, `${name} is no function`);
      if (client && operation) checkOperation(proof, name, value.getCallSignatures(), operation, client, version);
      return;
    }
    case 'namespace':
      for (const [member, inner] of Object.entries(exported.exports)) {
        const type = property(value, member);
        proof.check(type !== undefined, `${name}.${member} does not exist`);
        if (type) checkExport(proof, `${name}.${member}`, type, inner, library, version);
      }
      return;
    case 'policy': {
      const policy = library.policies?.[exported.policy];
      proof.check(policy !== undefined, `${name}: no policy ${exported.policy}`);
      if (policy) checkPolicy(proof, name, value, policy, version);
    }
  }
}

function checkPolicy(proof: Proof, name: string, value: ts.Type, policy: Policy, version: string): void {
  const signatures = [...value.getCallSignatures(), ...value.getConstructSignatures()];
  proof.check(signatures.length > 0 || isAny(value), `${name} is no function or class`);
  if (signatures.length === 0) return;
  const made = returned(signatures);
  if (policy.types) {
    proof.check(
      made.some((type) => isAny(type) || shows(type, policy.types!)),
      `${name} makes ${made.map((type) => [...namesOf(type)].join('/')).join(', ')}`,
    );
  }
  for (const method of policy.run ?? policy.runs ?? []) {
    if (method === '()') {
      proof.check(
        made.some((one) => one.getCallSignatures().length > 0),
        `${name}: what it makes cannot be called`,
      );
      continue;
    }
    const type = made.map((one) => property(one, method)).find((one) => one !== undefined);
    proof.check(type !== undefined, `${name}: no method ${method}`);
    if (type && policy.run && policy.operation !== undefined) {
      proof.check(
        parameterTypes(type.getCallSignatures(), policy.operation).length > 0,
        `${name}.${method}: no argument ${policy.operation}`,
      );
    }
  }
  if (policy.operation !== undefined && !policy.run) {
    proof.check(parameterTypes(signatures, policy.operation).length > 0, `${name}: no argument ${policy.operation}`);
  }
  if (policy.options !== undefined) {
    const options = [
      ...retryPaths(policy.retry?.options, version),
      ...[policy.limit?.option, policy.concurrency?.option].filter((one): one is string => one !== undefined),
    ];
    checkOptions(proof, name, parameterTypes(signatures, policy.options), options);
  }
  for (const argument of [policy.limit?.argument, policy.concurrency?.argument]) {
    if (argument !== undefined)
      proof.check(parameterTypes(signatures, argument).length > 0, `${name}: no argument ${argument}`);
  }
}

function checkOperation(
  proof: Proof,
  what: string,
  signatures: readonly ts.Signature[],
  operation: Operation,
  client: ClientType,
  version: string,
): void {
  const position = operation.options ?? client.options;
  if (position !== undefined) {
    const options = (operation.bounds ?? client.bounds)
      .filter((bound) => known(bound, version, 'call'))
      .map((bound) => bound.option);
    const key = operation.idempotencyKey ?? client.idempotencyKey;
    if (key?.in === 'option') options.push(key.name);
    const skipKey = operation.name === '()' ? [] : options;
    checkOptions(proof, what, parameterTypes(signatures, position), operation.name === '()' ? options : skipKey);
  }
  for (const argument of [operation.target, operation.payload]) {
    if (argument !== undefined)
      proof.check(parameterTypes(signatures, argument).length > 0, `${what}: no argument ${argument}`);
  }
}

function checkClient(proof: Proof, type: ts.Type, client: ClientType, library: Library, version: string): void {
  if (client.types.length > 0) {
    const functions = client.types.some((name) => property(type, name.split('#').at(-1)!)?.getCallSignatures().length);
    proof.check(
      functions || shows(type, client.types),
      `shows as ${[...namesOf(type)].join(', ')}, not ${client.types.join(', ')}`,
    );
  }
  const properties = checker.getPropertiesOfType(checker.getApparentType(type)).map((symbol) => symbol.name);
  for (const operation of client.operations) {
    if (!satisfies(version, operation.versions)) continue;
    // Of a list of wildcards one must fit: services differ in the verbs that they have.
    const patterns = [operation.name].flat().filter((name) => name.includes('*'));
    for (const name of [operation.name].flat()) {
      if (name === '()' || name === 'new') {
        const signatures = name === '()' ? type.getCallSignatures() : type.getConstructSignatures();
        proof.check(signatures.length > 0, `${name}: not callable`);
        if (signatures.length > 0) checkOperation(proof, name, signatures, operation, client, version);
        continue;
      }
      const isCallable = (one: string): boolean => {
        const method = property(type, one);
        return (
          method !== undefined && (isAny(method) || partsOf(method).some((part) => part.getCallSignatures().length > 0))
        );
      };
      // A wildcard needs one match: types of every method of an SDK would take long to resolve.
      const found = name.includes('*')
        ? properties.some((one) => patterns.some((pattern) => matches(pattern, one)) && isCallable(one))
        : isCallable(name);
      proof.check(found, `no operation ${name}`);
      if (!found || name.includes('*')) continue;
      const signatures = partsOf(property(type, name)!).flatMap((part) => [...part.getCallSignatures()]);
      if (signatures.length > 0) checkOperation(proof, name, signatures, operation, client, version);
    }
  }
  for (const name of client.local ?? [])
    proof.check(property(type, name) !== undefined, `local ${name} does not exist`);
  for (const [dotted, member] of Object.entries(client.members ?? {})) {
    const target = library.clients?.[member];
    proof.check(target !== undefined, `member ${dotted}: no client ${member}`);
    if (!target) continue;
    if (dotted.includes('*')) continue;
    let at: ts.Type | undefined = type;
    for (const key of dotted.split('.')) at = at && property(at, key);
    proof.check(
      // A group of methods has no name of its own.
      at !== undefined && (isAny(at) || target.types.length === 0 || shows(at, target.types)),
      `member ${dotted} shows as ${at ? [...namesOf(at)].join(', ') : 'nothing'}`,
    );
  }
  for (const derivation of client.derives ?? []) {
    const method = property(type, derivation.name);
    proof.check(method !== undefined, `no method ${derivation.name}`);
    if (method) checkDerivation(proof, derivation.name, method, derivation, 'factory', library, version);
  }
}

const versionOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || !specifier) return process.versions.node;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return (
    JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }
  ).version;
};

/** The strings in a tuple of literals. */
const namesIn = (type: ts.Type | undefined): string[] =>
  type && checker.isTupleType(type)
    ? checker.getTypeArguments(type as ts.TypeReference).flatMap((one) => (one.isStringLiteral() ? [one.value] : []))
    : [];

const proven = new Set<string>();

for (const file of files) {
  const source = program.getSourceFile(file)!;
  const base = path.basename(file, '.ts');
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const exports = new Map(
    checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).map((symbol) => [symbol.name, symbol]),
  );
  const typeOf = (name: string): ts.Type | undefined => {
    const symbol = exports.get(name);
    return (
      symbol && checker.getTypeOfSymbol(symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)
    );
  };
  const entryType = typeOf('entry');
  const entry = entryType?.isStringLiteral() ? entryType.value : base;
  const specifier = source.statements.find(
    (one): one is ts.ExportDeclaration =>
      ts.isExportDeclaration(one) && one.exportClause?.kind === ts.SyntaxKind.NamespaceExport,
  )?.moduleSpecifier as ts.StringLiteral | undefined;
  const packageType = typeOf('installed');
  const version = versionOf(packageType?.isStringLiteral() ? packageType.value : (specifier?.text ?? ''));
  const library = catalog.find((one) => one.name === entry);
  const row = (claim: string, proof: Proof): void => {
    const { problems, checked } = proof;
    if (problems.length === 0)
      rows.push({ library: entry, version, claim: `${claim} (${checked} checks)`, shown: 'types', note: '' });
    for (const problem of problems) rows.push({ library: entry, version, claim, shown: 'failed', note: problem });
  };
  if (!library) {
    rows.push({ library: entry, version, claim: `types/${base}.ts`, shown: 'failed', note: 'no such entry' });
    continue;
  }
  proven.add(entry);
  const compiled = new Proof();
  for (const diagnostic of diagnostics)
    compiled.check(false, ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
  if (diagnostics.length > 0) row('compiles', compiled);

  const proof = new Proof();
  const module = exports.get('lib');
  const members = new Map<string, ts.Type>();
  if (module) {
    const target = module.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(module) : module;
    for (const symbol of checker.getExportsOfModule(target)) {
      members.set(
        symbol.name,
        checker.getTypeOfSymbol(symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol),
      );
    }
    for (const symbol of checker.getPropertiesOfType(checker.getTypeOfSymbol(target))) {
      if (!members.has(symbol.name)) members.set(symbol.name, checker.getTypeOfSymbol(symbol));
    }
  }
  // Names that this version does not have, and names that are not proved, with the reason.
  const absent = namesIn(typeOf('absent'));
  const unproven = typeOf('unproven');
  const overrides = typeOf('exported');
  if (overrides)
    for (const symbol of checker.getPropertiesOfType(overrides))
      members.set(symbol.name, checker.getTypeOfSymbol(symbol));
  for (const [name, exported] of Object.entries(library.exports)) {
    const reason = unproven && property(unproven, name);
    if (reason?.isStringLiteral()) {
      rows.push({ library: entry, version, claim: `export ${name}`, shown: 'source only', note: reason.value });
      continue;
    }
    const found = [...members].filter(
      ([member, type]) =>
        matches(name, member) &&
        (name === member ||
          (!member.startsWith('_') &&
            (exported.is === 'class' ? type.getConstructSignatures() : type.getCallSignatures()).length > 0)),
    );
    if (absent.includes(name)) {
      proof.check(found.length === 0, `export ${name} is there`);
      continue;
    }
    proof.check(found.length > 0, `no export ${name}`);
    for (const [member, type] of found) checkExport(proof, member, type, exported, library, version);
  }
  const globals = typeOf('globals');
  for (const [name, exported] of Object.entries(library.globals ?? {})) {
    const type = globals && property(globals, name);
    proof.check(type !== undefined, `no global ${name}`);
    if (type) checkExport(proof, name, type, exported, library, version);
  }
  row(`exports ${[...Object.keys(library.exports), ...Object.keys(library.globals ?? {})].join(', ')}`, proof);

  const clients = typeOf('clients');
  for (const [name, client] of Object.entries(library.clients ?? {})) {
    const one = new Proof();
    const type = clients && property(clients, name);
    if (!type && client.operations.length === 0) continue;
    one.check(type !== undefined && !isAny(type), `types/${base}.ts says nothing of ${name}`);
    if (type) checkClient(one, type, client, library, version);
    row(`client ${name}: names, operations, options`, one);
  }
}

if (only.length === 0) {
  for (const library of catalog) {
    if (!proven.has(library.name)) {
      rows.push({
        library: library.name,
        version: '',
        claim: 'has a proof of types',
        shown: 'failed',
        note: 'write types/<library>.ts',
      });
    }
  }
}

if (process.send) process.send(rows, () => process.exit(0));
else {
  for (const row of rows)
    process.stdout.write(
      `${row.shown === 'failed' ? 'FAILED ' : ''}${row.library} ${row.version} | ${row.claim} | ${row.note}\n`,
    );
}

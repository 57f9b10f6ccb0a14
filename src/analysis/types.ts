/**
 * Types as an oracle: the only file that asks for type information. Every answer may be `null` (no types, `any`, or a
 * backend that cannot tell), and nothing here throws. Checker calls keep to what the native backend has as well.
 */
import type { ParserServices, ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import type ts from 'typescript';

/** Where something is declared. */
export interface Declared {
  readonly file: string;
  /** npm package, `node:…`, `global` for the platform, or `null` for code of the project. */
  readonly package: string | null;
  /** Name of the class, interface or alias around the declaration. */
  readonly owner: string | null;
  readonly name: string | null;
  /** Whether the declaration comes with code that runs. */
  readonly hasBody: boolean;
}

/** A type's name and the package that declares it. */
export interface TypeName {
  readonly name: string;
  readonly package: string | null;
  /** A type parameter: it stands for something else. */
  readonly open?: true;
}

/** A primitive kind of a type; `other` for objects, enums and the rest. */
type Kind = 'string' | 'number' | 'boolean' | 'nullish' | 'other';

/** What can be asked about types. */
export interface TypeOracle {
  /** The program that answers: what is remembered must not outlive it. */
  readonly program: object;
  /** The declaration of the signature that a call resolves to. */
  signatureOf(call: TSESTree.Node): Declared | null;
  /** How many parameters the signatures of a callee have, each; empty where nothing is known of it. */
  parameterCountsOf(callee: TSESTree.Node): readonly number[];
  /** The names of an expression's type: alias, symbol, base classes, parts of unions and intersections. */
  namesOf(node: TSESTree.Node): readonly TypeName[];
  /** Whether a value of the expression's type can have the member: `null` where that cannot be told. */
  mayHaveMember(node: TSESTree.Node, member: string): boolean | null;
  /** The declaration of the value that a name or member stands for. */
  declarationOf(node: TSESTree.Node): Declared | null;
  /** The file that an import's specifier resolves to. */
  fileOf(specifier: TSESTree.Node): string | null;
  /** The packages that files of the program belong to: no type of another one can turn up. `null`: cannot tell. */
  readonly packages: ReadonlySet<string> | null;
  /** The text of a file as the program has it. */
  textOf(file: string): string | null;
  /** `string`, `number`, …: the primitive kinds of the expression's type, `other` for the rest; `null`: `any`. */
  kindsOf(node: TSESTree.Node): ReadonlySet<Kind> | null;
  /** Whether the expression's type can be called; `null`: `any`. */
  isCallable(node: TSESTree.Node): boolean | null;
  /** The text of the type that a name or member is declared with; `null` where none is written. */
  annotationOf(node: TSESTree.Node): string | null;
  /**
   * Whether a file of the project declares something under this name in a text that mentions `words` at all: a cheap look
   * before a question about the declaration.
   */
  mayBeDeclaredWith(name: string, words: RegExp): boolean;
  /** The members of the expression's type whose own type is the platform's `name`: `signal` of an options parameter. */
  membersOfType(node: TSESTree.Node, name: string): readonly string[];
  /** Whether calling the expression's type gives a promise of this platform type: `Response`. */
  returnsPromiseOf(node: TSESTree.Node, name: string): boolean;
}

/** The package of a file: what follows the last `node_modules`; `null` outside. */
export function packageOfFile(file: string): string | null {
  const path = file.replaceAll('\\', '/');
  const start = path.lastIndexOf('/node_modules/');
  if (start < 0) return null;
  const [first = '', second = ''] = path.slice(start + '/node_modules/'.length).split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  if (name === '@types/node') return nodeModuleOf(path);
  if (name === 'undici-types' || name === 'bun-types') return 'global';
  if (!name.startsWith('@types/')) return name;
  const bare = name.slice('@types/'.length);
  return bare.includes('__') ? `@${bare.replace('__', '/')}` : bare;
}

/** `@types/node/http.d.ts` declares `node:http`; what is under `web-globals` is the platform. */
function nodeModuleOf(path: string): string {
  const file = path.slice(path.lastIndexOf('/@types/node/') + '/@types/node/'.length).replace(/\.d\.[cm]?ts$/, '');
  return /^(?:ts[\d.]+\/)?(?:web-globals|globals|dom-events|index|compatibility)/.test(file)
    ? 'global'
    : `node:${file.replace(/^ts[\d.]+\//, '')}`;
}

/** Type information of a parse, or `null` where the host has none. */
export function createTypeOracle(services: Partial<ParserServices> | null | undefined): TypeOracle | null {
  if (!services?.program || !services.esTreeNodeToTSNodeMap) return null;
  return new Oracle(services as ParserServicesWithTypeInformation);
}

/** Runs a question; a backend that cannot answer gives `otherwise`. */
function ask<T>(question: () => T, otherwise: T): T {
  try {
    return question();
  } catch {
    return otherwise;
  }
}

class Oracle implements TypeOracle {
  readonly program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #services: ParserServicesWithTypeInformation;

  constructor(services: ParserServicesWithTypeInformation) {
    this.#services = services;
    this.program = services.program;
    this.#checker = services.program.getTypeChecker();
  }

  signatureOf(call: TSESTree.Node): Declared | null {
    return ask(() => {
      const node = this.#node(call) as ts.CallLikeExpression | undefined;
      if (!node) return null;
      const only = this.#onlyDeclaration(node);
      if (only !== undefined) return only;
      const declaration = this.#checker.getResolvedSignature(node)?.getDeclaration() as ts.Declaration | undefined;
      return declaration ? this.#declared(declaration) : null;
    }, null);
  }

  /**
   * What every signature of a callee is declared as, without choosing among them, for which the checker would have to look
   * at the arguments too; `undefined` where they differ, and the choice matters.
   */
  #onlyDeclaration(call: ts.CallLikeExpression): Declared | null | undefined {
    const callee = (call as { expression?: ts.Node }).expression ?? (call as { tag?: ts.Node }).tag;
    if (!callee) return undefined;
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(callee));
    if (type.isUnionOrIntersection()) return undefined;
    const [first, ...others] = this.#checker
      .getSignaturesOfType(type, 0)
      .map((signature) => signature.getDeclaration() as ts.Declaration | undefined);
    if (!first) return undefined;
    if (others.some((other) => !other || other.parent !== first.parent)) return undefined;
    return this.#declared(first);
  }

  parameterCountsOf(callee: TSESTree.Node): readonly number[] {
    return ask(() => {
      const type = this.#type(callee);
      if (!type || type.isUnionOrIntersection()) return [];
      return this.#checker.getSignaturesOfType(type, 0).map((signature) => signature.getParameters().length);
    }, []);
  }

  namesOf(node: TSESTree.Node): readonly TypeName[] {
    return ask(() => {
      const type = this.#type(node);
      if (!type) return [];
      const names: TypeName[] = [];
      this.#collectNames(type, names, 0);
      return names;
    }, []);
  }

  mayHaveMember(node: TSESTree.Node, member: string): boolean | null {
    return ask(() => {
      // As it is declared: without `undefined` an `unknown` would look like an object that has nothing.
      const type = this.#type(node, false);
      return type ? this.#typeMayHave(type, member) : null;
    }, null);
  }

  declarationOf(node: TSESTree.Node): Declared | null {
    return ask(() => {
      const tsNode = this.#node(node);
      if (!tsNode) return null;
      let symbol = this.#checker.getSymbolAtLocation(tsNode);
      if (symbol && (symbol.flags & aliasFlag) !== 0) symbol = this.#checker.getAliasedSymbol(symbol);
      const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
      return declaration ? this.#declared(declaration) : null;
    }, null);
  }

  fileOf(specifier: TSESTree.Node): string | null {
    return ask(() => {
      const node = this.#node(specifier);
      const symbol = node && this.#checker.getSymbolAtLocation(node);
      const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
      return declaration?.getSourceFile().fileName ?? null;
    }, null);
  }

  textOf(file: string): string | null {
    return ask(() => this.program.getSourceFile(file)?.text ?? null, null);
  }

  kindsOf(node: TSESTree.Node): ReadonlySet<Kind> | null {
    return ask(() => {
      const type = this.#type(node, false);
      if (!type) return null;
      const kinds = new Set<Kind>();
      for (const part of partsOf(type)) {
        const kind = this.#kindOf(part);
        if (kind === 'any') return null;
        kinds.add(kind);
      }
      return kinds;
    }, null);
  }

  isCallable(node: TSESTree.Node): boolean | null {
    return ask(() => {
      const declared = this.#type(node, false);
      if (!declared || this.#kindOf(declared) === 'any') return null;
      const type = this.#checker.getNonNullableType(declared);
      return this.#checker.getSignaturesOfType(type, 0).length > 0;
    }, null);
  }

  annotationOf(node: TSESTree.Node): string | null {
    return ask(() => {
      const tsNode = this.#node(node);
      const symbol = tsNode && this.#checker.getSymbolAtLocation(tsNode);
      const declaration = symbol?.valueDeclaration as { type?: ts.Node } | undefined;
      return declaration?.type?.getText() ?? null;
    }, null);
  }

  get packages(): ReadonlySet<string> | null {
    return ask(() => {
      const known = packagesOfProgram.get(this.program);
      if (known) return known;
      const packages = new Set<string>();
      for (const { fileName } of this.program.getSourceFiles()) {
        const name = packageOfFile(fileName);
        if (name !== null) packages.add(name);
      }
      packagesOfProgram.set(this.program, packages);
      return packages;
    }, null);
  }

  mayBeDeclaredWith(name: string, words: RegExp): boolean {
    return ask(() => {
      const known = declaredNames.get(this.program);
      if (known?.words === words) return known.names.has(name);
      const names = new Set<string>();
      for (const file of this.program.getSourceFiles()) {
        if (!file.fileName.includes('/node_modules/') && !this.program.isSourceFileDefaultLibrary(file)) {
          for (const declared of namesDeclaredIn(file, words)) names.add(declared);
        }
      }
      declaredNames.set(this.program, { words, names });
      return names.has(name);
    }, true);
  }

  membersOfType(node: TSESTree.Node, name: string): readonly string[] {
    return ask(() => {
      const type = this.#type(node);
      if (!type) return [];
      const found: string[] = [];
      for (const part of partsOf(type)) {
        if (this.#kindOf(part) !== 'other') continue;
        for (const property of this.#checker.getPropertiesOfType(part)) {
          // Only names that say so are asked about: the checker has to resolve each.
          if (!/signal$/i.test(property.name)) continue;
          const memberType = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(property));
          const names: TypeName[] = [];
          this.#collectNames(memberType, names, 0);
          if (names.some((candidate) => candidate.name.endsWith(name))) found.push(property.name);
        }
      }
      return found;
    }, []);
  }

  returnsPromiseOf(node: TSESTree.Node, name: string): boolean {
    return ask(() => {
      const type = this.#type(node);
      if (!type) return false;
      return this.#checker.getSignaturesOfType(type, 0).some((signature) => {
        const result = this.#checker.getAwaitedType(signature.getReturnType());
        return result?.symbol.name === name;
      });
    }, false);
  }

  #node(node: TSESTree.Node): ts.Node | undefined {
    return this.#services.esTreeNodeToTSNodeMap.get(node);
  }

  #type(node: TSESTree.Node, nonNull = true): ts.Type | null {
    const tsNode = this.#node(node);
    if (!tsNode) return null;
    const type = this.#checker.getTypeAtLocation(tsNode);
    return nonNull ? this.#checker.getNonNullableType(type) : type;
  }

  /**
   * The kind of a type that is no union; `any` for what may be anything, type parameters among it. The printed form tells
   * primitives apart: the numbers of `TypeFlags` differ between versions of TypeScript, and what names them must not be
   * loaded.
   */
  #kindOf(type: ts.Type): Kind | 'any' {
    if (type.isStringLiteral()) return 'string';
    if (type.isNumberLiteral()) return 'number';
    if (isTypeParameter(type)) return 'any';
    // Objects and enums are declared somewhere; primitives are not.
    if (type.getSymbol()) return 'other';
    const text = this.#checker.typeToString(type);
    if (text === 'any' || text === 'unknown') return 'any';
    if (text === 'string' || text.startsWith('`')) return 'string';
    if (text === 'number') return 'number';
    if (/^(?:boolean|true|false)$/.test(text)) return 'boolean';
    return /^(?:undefined|null|void)$/.test(text) ? 'nullish' : 'other';
  }

  #typeMayHave(type: ts.Type, member: string): boolean | null {
    for (const part of partsOf(type)) {
      const kind = this.#kindOf(part);
      if (kind === 'any') return null;
      if (kind !== 'other') continue;
      if (part.getStringIndexType()) return true;
      const properties = this.#checker.getPropertiesOfType(part);
      // `object` and `{}` say nothing about what is there.
      if (properties.length === 0) return null;
      if (properties.some((property) => property.name === member)) return true;
    }
    return false;
  }

  #collectNames(type: ts.Type, names: TypeName[], depth: number): void {
    if (depth > 6 || names.length > 24) return;
    if (type.aliasSymbol) this.#pushName(type.aliasSymbol, names);
    if (type.isUnionOrIntersection()) {
      for (const part of type.types) this.#collectNames(part, names, depth + 1);
      return;
    }
    const symbol = type.getSymbol();
    if (symbol && isTypeParameter(type)) names.push({ name: symbol.name, package: null, open: true });
    else if (symbol) this.#pushName(symbol, names);
    const target = declaredType(type);
    if (target) {
      for (const base of this.#checker.getBaseTypes(target)) this.#collectNames(base, names, depth + 1);
    }
  }

  #pushName(symbol: ts.Symbol, names: TypeName[]): void {
    const declaration = symbol.declarations?.[0];
    const name =
      symbol.name === 'default' || symbol.name === '__function'
        ? ((declaration as ts.ClassDeclaration | undefined)?.name?.text ?? symbol.name)
        : symbol.name;
    if (name === '__type' || name === '__object') return;
    names.push({ name, package: declaration ? this.#packageOf(declaration) : null });
  }

  #packageOf(declaration: ts.Node): string | null {
    const file = declaration.getSourceFile();
    if (this.program.isSourceFileDefaultLibrary(file)) return 'global';
    return packageOfFile(file.fileName);
  }

  #declared(declaration: ts.Declaration): Declared {
    const owner = ownerOf(declaration);
    return {
      file: declaration.getSourceFile().fileName,
      package: this.#packageOf(declaration),
      owner,
      name: nameOf(declaration),
      hasBody: (declaration as { body?: unknown }).body !== undefined,
    };
  }
}

const packagesOfProgram = new WeakMap<object, ReadonlySet<string>>();
const declaredNames = new WeakMap<object, { readonly words: RegExp; readonly names: ReadonlySet<string> }>();
/** Programs that follow one another share the files that did not change. */
const namesInFile = new WeakMap<ts.SourceFile, readonly string[]>();

/** The names that have a type beside them, in a file that mentions `words`. */
function namesDeclaredIn(file: ts.SourceFile, words: RegExp): readonly string[] {
  const known = namesInFile.get(file);
  if (known) return known;
  const { text } = file;
  const names = words.test(text) ? [...text.matchAll(/([\w$]+)['"\]]?\s*[?!]?\s*:/g)].map(([, name = '']) => name) : [];
  namesInFile.set(file, names);
  return names;
}

/** `SymbolFlags.Alias`: the same in every version so far. */
const aliasFlag = 2_097_152;

function isTypeParameter(type: ts.Type): boolean {
  return type.isTypeParameter();
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** The class or interface that a type is, or is an instantiation of: `Promise` of `Promise<Response>`. */
function declaredType(type: ts.Type): ts.InterfaceType | null {
  if (type.isClassOrInterface()) return type;
  const { target } = type as { target?: ts.Type };
  return target?.isClassOrInterface() === true ? target : null;
}

function nameOf(declaration: ts.Declaration): string | null {
  const name = (declaration as ts.NamedDeclaration).name as { text?: string } | undefined;
  return name?.text ?? null;
}

/** The class, interface or alias that a member or signature is declared in. */
function ownerOf(declaration: ts.Declaration): string | null {
  let node = declaration.parent as ts.Node | undefined;
  for (let steps = 0; node && steps < 4; steps++) {
    const name = (node as { name?: { text?: string } }).name?.text;
    const parent = node.parent as ts.Node | undefined;
    if (!parent) return null;
    if (name) return name;
    if ((node as { statements?: unknown }).statements) return null;
    node = parent;
  }
  return null;
}

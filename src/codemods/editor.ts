/**
 * Structured edits, on ts-morph. It brings a TypeScript of its own: no node of it leaves this file, only texts, names and
 * offsets do. Loaded with the first codemod that runs.
 */
import type {
  ObjectLiteralElementLike,
  ObjectLiteralExpression,
  Project,
  PropertyAssignment,
  SourceFile,
} from 'ts-morph';

type Morph = typeof import('ts-morph');

/** One entry of an object that a module exports. */
export interface Entry {
  readonly name: string;
  /** Source text. */
  readonly value: string;
  /** A line of comment above it, without its marks; `null`: none. */
  readonly comment: string | null;
}

/** Loads ts-morph. */
export async function loadEditor(): Promise<Editor> {
  return new Editor(await import('ts-morph'));
}

/** Edits texts by their structure. */
export class Editor {
  readonly #morph: Morph;
  readonly #project: Project;

  constructor(morph: Morph) {
    this.#morph = morph;
    this.#project = new morph.Project({
      useInMemoryFileSystem: true,
      skipLoadingLibFiles: true,
      skipFileDependencyResolution: true,
      compilerOptions: { allowJs: true, jsx: morph.ts.JsxEmit.Preserve },
      manipulationSettings: {
        indentationText: morph.IndentationText.TwoSpaces,
        quoteKind: morph.QuoteKind.Single,
        useTrailingCommas: true,
      },
    });
  }

  /** The entries of an object that a module exports under a name; `null` where there is no such object. */
  entriesOf(text: string, name: string): readonly Entry[] | null {
    return this.#with('module.ts', text, (file) => {
      const object = this.#objectOf(file, name);
      return (
        object?.getProperties().flatMap((property): Entry[] => {
          if (!this.#isEntry(property)) return [];
          const comment = property
            .getLeadingCommentRanges()
            .at(-1)
            ?.getText()
            .replace(/^\/\*\*\s*|\s*\*\/$|^\/\/\s*/gu, '');
          const key = property.getName().replace(/^(['"])(.*)\1$/u, '$2');
          return [{ name: key, value: property.getInitializerOrThrow().getText(), comment: comment ?? null }];
        }) ?? null
      );
    });
  }

  /** Sets entries of that object, and takes others out; everything else of the module stays as it is. */
  setEntries(text: string, name: string, entries: readonly Entry[], removed: readonly string[] = []): string {
    return this.#with('module.ts', text, (file) => {
      const object = this.#objectOf(file, name);
      if (!object) return text;
      for (const key of removed) object.getProperty(key)?.remove();
      for (const entry of entries) {
        const there = object.getProperty(entry.name);
        if (!there || !this.#isEntry(there)) {
          object.addPropertyAssignment({
            name: entry.name,
            initializer: entry.value,
            ...(entry.comment !== null && { leadingTrivia: `/** ${entry.comment} */\n` }),
          });
          continue;
        }
        const comment = there.getLeadingCommentRanges().at(-1);
        const wanted = entry.comment === null ? null : `/** ${entry.comment} */`;
        if (comment && wanted !== null && comment.getText() !== wanted) {
          // Replacing text makes every node of the file forgotten.
          file.replaceText([comment.getPos(), comment.getEnd()], wanted);
          return this.setEntries(file.getFullText(), name, entries);
        }
        there.setInitializer(entry.value);
      }
      return file.getFullText();
    });
  }

  /** Takes imports of names out that nothing uses any more. */
  dropUnusedImports(path: string, text: string, names: readonly string[]): string {
    if (names.length === 0) return text;
    return this.#with(path, text, (file) => {
      const used = (name: string): boolean =>
        file
          .getDescendantsOfKind(this.#morph.SyntaxKind.Identifier)
          .some(
            (node) => node.getText() === name && !node.getFirstAncestorByKind(this.#morph.SyntaxKind.ImportDeclaration),
          );
      for (const declaration of file.getImportDeclarations()) {
        for (const specifier of declaration.getNamedImports()) {
          const local = specifier.getAliasNode()?.getText() ?? specifier.getName();
          if (names.includes(local) && !used(local)) specifier.remove();
        }
        const whole = declaration.getDefaultImport() ?? declaration.getNamespaceImport();
        if (
          whole &&
          names.includes(whole.getText()) &&
          !used(whole.getText()) &&
          declaration.getNamedImports().length === 0
        ) {
          declaration.remove();
        } else if (
          !whole &&
          declaration.getNamedImports().length === 0 &&
          !/^import\s*['"]/u.test(declaration.getText())
        ) {
          declaration.remove();
        }
      }
      return file.getFullText();
    });
  }

  /** Whether a text parses. */
  parses(path: string, text: string): boolean {
    return this.#with(path, text, (file) => {
      const { parseDiagnostics = [] } = file.compilerNode as { parseDiagnostics?: readonly unknown[] };
      return parseDiagnostics.length === 0;
    });
  }

  #isEntry(property: ObjectLiteralElementLike): property is PropertyAssignment {
    return property.getKind() === this.#morph.SyntaxKind.PropertyAssignment;
  }

  #objectOf(file: SourceFile, name: string): ObjectLiteralExpression | null {
    const { Node } = this.#morph;
    let value = file.getVariableDeclaration(name)?.getInitializer();
    while (Node.isAsExpression(value) || Node.isSatisfiesExpression(value)) value = value.getExpression();
    return Node.isObjectLiteralExpression(value) ? value : null;
  }

  #with<T>(path: string, text: string, use: (file: SourceFile) => T): T {
    const extension = /\.[cm]?[jt]sx?$/u.exec(path)?.[0] ?? '.ts';
    const file = this.#project.createSourceFile(`/edited${extension}`, text, { overwrite: true });
    try {
      return use(file);
    } finally {
      this.#project.removeSourceFile(file);
    }
  }
}

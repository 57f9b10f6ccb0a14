/** Places in the code, as data: no node and no absolute path leaves a file. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from '../analysis/module.js';
import { toRelative } from '../project/paths.js';
import type { Evidence, Place } from './inventory.js';

const linesBefore = 1;
const maxLines = 7;
const maxLine = 160;

/** Makes places that are relative to a directory. */
export class Places {
  readonly #base: string;
  readonly #lines = new WeakMap<Module, readonly string[]>();

  /** @param base absolute */
  constructor(base: string) {
    this.#base = base;
  }

  /** A path as the inventory has it. */
  path(file: string): string {
    return toRelative(file, this.#base);
  }

  /** Where a node begins. */
  place(node: TSESTree.Node, module: Module): Place {
    const { line, column } = node.loc.start;
    return { path: this.path(module.path), line, column: column + 1 };
  }

  /** Where a node begins, with the code around it. */
  evidence(node: TSESTree.Node, module: Module): Evidence {
    let lines = this.#lines.get(module);
    if (!lines) {
      lines = module.text.split(/\r\n|[\r\n\u2028\u2029]/u);
      this.#lines.set(module, lines);
    }
    return { ...this.place(node, module), ...excerpt(lines, node.loc.start.line, node.loc.end.line) };
  }
}

/** The lines around a range, without the indentation that all of them share. */
export function excerpt(
  lines: readonly string[],
  start: number,
  end: number,
): { readonly code: string; readonly firstLine: number } {
  const firstLine = Math.max(1, start - linesBefore);
  const last = Math.min(lines.length, Math.max(end + 1, start + 2), firstLine + maxLines - 1);
  const shown = lines.slice(firstLine - 1, last).map((line) => line.replaceAll('\t', '  ').trimEnd());
  while (shown.length > 1 && shown[shown.length - 1] === '') shown.pop();
  const indents = shown.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, 40);
  const code = shown
    .map((line) => line.slice(indent))
    .map((line) => (line.length > maxLine ? `${line.slice(0, maxLine - 1)}…` : line))
    .join('\n');
  return { code, firstLine };
}

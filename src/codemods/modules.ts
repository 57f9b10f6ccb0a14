/** Modules that codemods write into a package: where they go, and how they are written there. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { nearestManifest } from '../analysis/packages.js';
import type { Package } from './codemod.js';

/** How the module is written. */
export type ModuleForm = 'typescript' | 'esm' | 'commonjs';

/** Where a module of a package goes: as the user says, else `src/resilience/<name>`, with the extension of the package. */
export function placeOf({ files }: Package, given: string | null, name: string): string {
  if (given !== null) return path.resolve(files.directory, given);
  const source = path.join(files.directory, 'src');
  const inSource = existsSync(source) && files.files.some((file) => file.startsWith(source + path.sep));
  const typescript = files.files.some((file) => /\.[mc]?tsx?$/u.test(file));
  const directory = path.join(inSource ? source : files.directory, 'resilience');
  return path.join(directory, `${name}.${typescript ? 'ts' : 'js'}`);
}

/** How a module of that name is written. */
export function formOf(file: string): ModuleForm {
  if (/\.[mc]?tsx?$/u.test(file)) return 'typescript';
  if (file.endsWith('.mjs')) return 'esm';
  return file.endsWith('.cjs') || nearestManifest(file)?.type !== 'module' ? 'commonjs' : 'esm';
}

/** The name of a downstream as an identifier: `PAYMENTS_URL` → `payments`, `hooks.slack.com` → `hooksSlack`. */
export function identifierOf(name: string): string {
  const isHost = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/u.test(name);
  const words = isHost
    ? name
        .split(/[.:]/u)
        .filter((label, index, all) => !(index === 0 && /^(?:www|api)$/u.test(label)) && !isTopLevel(label, index, all))
    : name
        .replace(
          /(?:_(?:BASE|API|SERVICE))*_(?:URL|URI|HOST|ENDPOINT|ADDRESS|ADDR|DSN|ORIGIN|BASE|CONNECTION_STRING)$/iu,
          '',
        )
        .split('_');
  const parts = words.flatMap((word) => word.split(/[^A-Za-z\d]+/u)).filter((part) => part !== '');
  const camel = parts
    .map((part, index) => {
      const lower = part === part.toUpperCase() ? part.toLowerCase() : part;
      return index === 0
        ? lower.charAt(0).toLowerCase() + lower.slice(1)
        : lower.charAt(0).toUpperCase() + lower.slice(1);
    })
    .join('');
  return /^[A-Za-z]/u.test(camel) ? camel : `downstream${camel}`;
}

function isTopLevel(label: string, index: number, all: readonly string[]): boolean {
  const last = all.length - 1 - (/^\d+$/u.test(all.at(-1) ?? '') ? 1 : 0);
  return index === last && index > 0;
}

/** What a downstream without a name is called: the file that calls it. */
export function nameOfFile(file: string): string {
  const stem = path.basename(file).replace(/\.[cm]?[jt]sx?$/u, '');
  return identifierOf((stem === 'index' ? path.basename(path.dirname(file)) : stem).replaceAll('.', '_'));
}

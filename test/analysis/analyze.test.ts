/** The one door of the analysis: what is remembered from file to file, and for how long. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { open, openText, project } from './support.js';

const client = (options: string): string => `import axios from 'axios';\nexport const http = axios.create(${options});`;
const user = `import { http } from './http.js';\nexport const again = http.create({});`;

/** Writes a file so that its stamp is another one, however coarse the file system's clock is. */
function rewrite(file: string, text: string, seconds: number): void {
  fs.writeFileSync(file, text);
  const at = new Date(Date.UTC(2001, 0, 1, 0, 0, seconds));
  fs.utimesSync(file, at, at);
}

const kinds = (root: string, file: string, typed = false): (string | undefined)[] =>
  (open(root, file, { typed }).facts?.timeouts ?? []).map(({ verdict }) => verdict.kind);

describe('files that change between two looks', () => {
  test('the file itself', () => {
    const root = project({ 'http.ts': client('{}') });
    expect(kinds(root, 'http.ts')).toEqual(['missing']);
    rewrite(path.join(root, 'http.ts'), client('{ timeout: 5 }'), 1);
    expect(kinds(root, 'http.ts')).toEqual(['bounded']);
  });

  test('a file behind one that has not changed', () => {
    const root = project({
      'options.ts': 'export const options = {};',
      'http.ts': `import { options } from './options.js';\n${client('options')}`,
      'user.ts': user,
      'other.ts': `${user}\n// another file, which is not remembered itself`,
    });
    expect(kinds(root, 'user.ts')).toEqual(['missing']);
    rewrite(path.join(root, 'options.ts'), 'export const options = { timeout: 5 };', 1);
    // Longer than a look at the disk holds.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(kinds(root, 'other.ts')).toEqual(['bounded']);
  });
});

test('a file that names nothing of interest has no facts', () => {
  expect(openText('export const sum = (a: number, b: number) => a + b;').facts).toBeNull();
});

test('a file with a syntax that the analysis does not know still has the facts of the rest', () => {
  const { facts } = openText(`@((x: unknown) => x as never) class C {}
declare module 'x' { export const y: number; }
namespace N { export const f = () => fetch('https://a.test'); }
label: for (;;) { break label; }
export { C, N };`);
  expect(facts?.timeouts.map(({ verdict }) => verdict.kind)).toEqual(['longDefault']);
});

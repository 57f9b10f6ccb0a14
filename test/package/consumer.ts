/** A user's project in a directory of its own, into which npm has installed the packed plugin. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Linter } from 'eslint';
import { inject } from 'vitest';
import { type Run, run } from './run.js';

/** What a project starts with. */
export interface ConsumerOptions {
  /** Packages that are installed beside the plugin, as npm takes them. */
  readonly packages: readonly string[];
  /** Sources by their path. */
  readonly files: Readonly<Record<string, string>>;
  /** The `type` of its package.json. */
  readonly type?: 'module' | 'commonjs';
  /** More flags for `npm install`. */
  readonly flags?: readonly string[];
}

/** A finding, reduced to what tests compare. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string | null;
  readonly messageId: string | undefined;
}

/** A user's project. */
export interface Consumer {
  readonly root: string;
  write: (files: Readonly<Record<string, string>>) => void;
  read: (path: string) => string;
  run: (command: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Run>;
  /** Runs npm with `args`; throws with what npm said when it fails. */
  npm: (...args: string[]) => Promise<void>;
  /** Runs `npx eslint`, and gives what it found in the order of the files; throws with what it said when it did not get to linting. */
  eslint: (...args: string[]) => Promise<Finding[]>;
  remove: () => void;
}

/** Creates a project and installs the plugin into it. */
export async function createConsumer({
  packages,
  files,
  type = 'module',
  flags = [],
}: ConsumerOptions): Promise<Consumer> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-consumer-')));
  const consumer: Consumer = {
    root,
    write: (more) => {
      for (const [path, text] of Object.entries(more)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    run: (command, args, env) => run(command, args, root, env),
    npm: async (...args) => {
      const result = await consumer.run('npm', [
        ...args,
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        '--loglevel=error',
      ]);
      if (result.code !== 0) throw new Error(`npm ${args.join(' ')} failed: ${result.stderr}`);
    },
    eslint: async (...args) => {
      const { code, stdout, stderr } = await consumer.run('npx', ['eslint', '--format', 'json', ...args]);
      if (code !== 0 && code !== 1) throw new Error(`eslint ended with ${String(code)}: ${stderr}`);
      return (JSON.parse(stdout) as { filePath: string; messages: Linter.LintMessage[] }[])
        .flatMap((result) =>
          result.messages.map(({ line, ruleId, messageId }) => ({
            file: result.filePath.slice(root.length + 1).replaceAll('\\', '/'),
            line,
            rule: ruleId,
            messageId,
          })),
        )
        .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
    },
    remove: () => rmSync(root, { recursive: true }),
  };
  consumer.write({
    'package.json': JSON.stringify({ name: 'consumer', private: true, type, engines: { node: '>=20' } }),
    ...files,
  });
  await consumer.npm('install', ...flags, ...packages, inject('tarball'));
  return consumer;
}

/** The first five lines that a user writes, without types. */
export const untypedConfig = `import { defineConfig } from 'eslint/config';
import resilience from 'eslint-plugin-resilience';
export default defineConfig([
  resilience.configs.recommended,
]);
`;

/** Two calls in one JavaScript file, one of them without a bound. */
export const javascript = `export const load = (url) => fetch(url);
export const bounded = (url) => fetch(url, { signal: AbortSignal.timeout(1000) });
`;

/** What the rule finds in `javascript`. */
export const javascriptFinding = (file: string): Finding => ({
  file,
  line: 1,
  rule: 'resilience/require-timeout',
  messageId: 'longDefault',
});

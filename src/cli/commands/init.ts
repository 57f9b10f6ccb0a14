/** `resilience init`: adds the plugin to a project's ESLint configuration, or writes one. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { declaredPackages, readManifest } from '../../analysis/packages.js';
import { oneLine } from '../../project/escape.js';
import { firstLine } from '../../project/problem.js';
import { loadParser, ownInstall } from '../../project/toolchain.js';
import { writeFileAtomic } from '../../project/write-file.js';
import { UsageError, type Command } from '../command.js';
import { unifiedDiff } from '../diff.js';
import { addPlugin, asksForTypes, configNames, newConfig } from '../eslint-config.js';
import { oneOf } from '../reports.js';
import { presets } from '../result.js';
import { painter, wantsColor, type Io } from '../terminal.js';

const help = `Usage: resilience init [options]

Adds the plugin to the eslint.config.* of the working directory, or writes one, and leaves the rest of it as it
is. Shows the diff first; on a terminal it asks, elsewhere it writes with --write only. The configuration is
not run.

Options:
  --preset <name>      recommended (default) or strict
  --write              write without asking
  --color, --no-color  with or without colours (default: on a terminal; NO_COLOR is honoured)
  --help               this text

Exit codes: 0 nothing (more) to do, 1 a change that is not written, 2 trouble.
`;

/** What `init` would do. */
interface Plan {
  readonly file: string;
  readonly before: string | null;
  readonly after: string;
}

export const init: Command = {
  summary: 'add the plugin to the ESLint configuration',
  help,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        preset: { type: 'string', default: 'recommended' },
        write: { type: 'boolean', default: false },
        color: { type: 'boolean' },
      },
    });
    if (positionals.length > 0) throw new UsageError('init takes no paths: start it in the directory of the project');
    const plan = await planFor(io.cwd, oneOf('--preset', values.preset, presets));
    if (!plan) {
      io.stdout.write('The plugin is in the ESLint configuration already.\n');
      tellSteps(io, null);
      return 0;
    }
    const paint = painter(wantsColor(values.color, io.env, io.stdout));
    io.stdout.write(`${unifiedDiff({ path: plan.file, before: plan.before, after: plan.after }, io.cwd, paint)}\n`);
    const name = oneLine(path.basename(plan.file));
    if (!values.write && !(await isWanted(name, io))) {
      io.stdout.write(`Nothing is written. resilience init --write writes ${name}.\n`);
      return 1;
    }
    try {
      writeFileAtomic(plan.file, plan.after);
    } catch (error) {
      io.stderr.write(`resilience: ${oneLine(`${name}: cannot be written: ${firstLine(error)}`)}\n`);
      return 2;
    }
    io.stdout.write(`${name} is written.\n`);
    tellSteps(io, plan.after);
    return 0;
  },
};

/** @throws UsageError when there is a configuration that nothing can be added to */
async function planFor(cwd: string, preset: string): Promise<Plan | undefined> {
  const name = configNames.find((candidate) => existsSync(path.join(cwd, candidate)));
  if (name === undefined) {
    const legacy = ['', '.js', '.cjs', '.json', '.yaml', '.yml']
      .map((extension) => `.eslintrc${extension}`)
      .find((candidate) => existsSync(path.join(cwd, candidate)));
    if (legacy !== undefined) {
      throw new UsageError(
        `${legacy} is read by no ESLint of today: npx @eslint/migrate-config ${legacy} makes a flat config`,
      );
    }
    const manifest = readManifest(path.join(cwd, 'package.json'));
    const isModule = manifest !== null && packageType(cwd) === 'module';
    const typescript = existsSync(path.join(cwd, 'tsconfig.json'));
    const file = path.join(cwd, isModule ? 'eslint.config.js' : 'eslint.config.mjs');
    return { file, before: null, after: newConfig(preset, typescript) };
  }
  const file = path.join(cwd, name);
  const before = readFileSync(file, 'utf8');
  const { parser } = await loadParser([ownInstall, cwd]);
  let addition;
  try {
    addition = addPlugin(before, parser, preset);
  } catch (error) {
    throw new UsageError(`${name} does not parse: ${firstLine(error)}`);
  }
  if (addition.kind === 'present') return undefined;
  if (addition.kind === 'unclear') {
    throw new UsageError(
      `${name} is left alone, since ${addition.why}: add resilience.configs.${preset} to it yourself`,
    );
  }
  return { file, before, after: addition.text };
}

function packageType(cwd: string): unknown {
  try {
    return (JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8')) as { type?: unknown }).type;
  } catch {
    return undefined;
  }
}

async function isWanted(name: string, { stdin, stdout, env }: Io): Promise<boolean> {
  if (!stdin?.isTTY || !stdout.isTTY || (env['CI'] ?? 'false') !== 'false') return false;
  const prompt = createInterface({ input: stdin, output: stdout as unknown as NodeJS.WritableStream });
  try {
    return /^y(?:es)?$/iu.test((await prompt.question(`Write ${name}? [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}

/** What is left to do. */
function tellSteps({ cwd, stdout }: Io, config: string | null): void {
  const declared = declaredPackages(path.join(cwd, 'package.json')) ?? new Set<string>();
  const needed = [
    'eslint-plugin-resilience',
    'eslint',
    ...(config?.includes('typescript-eslint') ? ['typescript-eslint'] : []),
  ];
  const missing = needed.filter((name) => !declared.has(name));
  if (missing.length > 0) stdout.write(`Next: ${installCommand(cwd)} ${missing.join(' ')}\n`);
  if (config !== null && existsSync(path.join(cwd, 'tsconfig.json')) && !asksForTypes(config)) {
    stdout.write('With types the rules find more: set languageOptions.parserOptions.projectService to true.\n');
  }
  if (config !== null)
    stdout.write('Then: npx eslint . shows what there is; --suppress-all takes it for the baseline.\n');
}

function installCommand(cwd: string): string {
  const has = (file: string): boolean => existsSync(path.join(cwd, file));
  if (has('pnpm-lock.yaml')) return 'pnpm add --save-dev';
  if (has('yarn.lock')) return 'yarn add --dev';
  return has('bun.lock') || has('bun.lockb') ? 'bun add --dev' : 'npm install --save-dev';
}

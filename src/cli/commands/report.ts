/** `resilience report`: the inventory of downstreams, as a page, as Markdown, or as data. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import ownPlugin from '../../plugin.js';
import { oneLine } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import { firstLine } from '../../project/problem.js';
import { writeFileAtomic } from '../../project/write-file.js';
import {
  createInventory,
  inventoryFormats,
  renderInventory,
  writeRunbooks,
  type Inventory,
  type InventoryFormat,
} from '../../report/index.js';
import { defaultSettings, loadSettingsFile } from '../../settings.js';
import { createCheck } from '../check.js';
import { UsageError, type Command } from '../command.js';
import { plural } from '../formats/words.js';
import { presets, type Preset } from '../result.js';
import { createProgress, type Io } from '../terminal.js';

const defaultPage = 'resilience-report.html';

const help = `Usage: resilience report [paths...] [options]

The inventory of downstreams: what this code calls over the network, from where, and what is there for the
bad case: timeouts, retries, idempotency, circuit breakers, bulkheads, fallbacks, failure tests, runbooks.
With what a request may cost at worst, and what to mend first. Paths are files and directories; the default
is the working directory. No code of the project is run.

Options:
  --format <name>      html (default), markdown or json
  --output <file>      where to write it (default: ${defaultPage} for html, else stdout; - is stdout)
  --runbooks <dir>     write a runbook stub for each downstream that has no file in this directory; what is
                       there stays as it is
  --preset <name>      whose findings are shown: recommended (default) or strict
  --base <dir>         what paths are relative to (default: the working directory)
  --config <file>      settings to use in place of the nearest resilience.config.json
  --no-types           do not use type information
  --help               this text

Exit codes: 0 written, 2 trouble (each told in a line on stderr). Findings are no trouble here: see
resilience scan.
`;

interface Arguments {
  readonly paths: readonly string[];
  readonly format: InventoryFormat;
  /** `undefined`: stdout. */
  readonly output: string | undefined;
  readonly runbooks: string | undefined;
  readonly preset: Preset;
  readonly base: string;
  readonly config: string | undefined;
  readonly types: boolean;
}

export const report: Command = {
  summary: 'show what is called over the network, and what is there for the bad case',
  help,
  async run(args, io) {
    const options = parse(args, io);
    const settings =
      options.config === undefined
        ? undefined
        : { ...defaultSettings, ...loadSettingsFile(path.resolve(io.cwd, options.config)) };
    const progress = createProgress(io.stderr, io.env);
    let inventory;
    try {
      inventory = await createInventory({
        paths: options.paths,
        cwd: io.cwd,
        base: options.base,
        types: options.types,
        settings,
        runbooks: options.runbooks,
        version: ownPlugin.meta.version,
        check: await createCheck({ cwd: io.cwd, base: options.base, preset: options.preset, settings }),
        onProgress: (done, total, file) => {
          progress.update(`Looking at ${String(done + 1)}/${String(total)} ${toRelative(file, io.cwd)}`);
        },
      });
    } finally {
      progress.clear();
    }
    tellTrouble(inventory, io);
    const wrote =
      write(inventory, options, io) && (options.runbooks === undefined || stubs(inventory, options.runbooks, io));
    return wrote && inventory.problems.length === 0 ? 0 : 2;
  },
};

function parse(args: readonly string[], io: Io): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      format: { type: 'string', default: 'html' },
      output: { type: 'string' },
      runbooks: { type: 'string' },
      preset: { type: 'string', default: 'recommended' },
      base: { type: 'string' },
      config: { type: 'string' },
      types: { type: 'boolean', default: true },
    },
  });
  if (positionals.includes('')) throw new UsageError('A path is empty');
  for (const name of ['output', 'runbooks', 'base'] as const)
    if (values[name] === '') throw new UsageError(`--${name} is empty`);
  const format = oneOf('--format', values.format, inventoryFormats);
  const output = values.output ?? (format === 'html' ? defaultPage : undefined);
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format,
    output: output === '-' ? undefined : output,
    runbooks: values.runbooks === undefined ? undefined : path.resolve(io.cwd, values.runbooks),
    preset: oneOf('--preset', values.preset, presets),
    base: path.resolve(io.cwd, values.base ?? '.'),
    config: values.config,
    types: values.types,
  };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match === undefined) throw new UsageError(`${option} takes ${allowed.join(' or ')}, not '${value}'`);
  return match;
}

function tellTrouble({ skipped, problems }: Inventory, { stderr }: Io): void {
  for (const { path: file, reason } of skipped) {
    stderr.write(`resilience: ${oneLine(`${file}: skipped, ${reason}`)}\n`);
  }
  for (const { path: file, line, column, message } of problems) {
    const position = line === null ? '' : `:${String(line)}:${String(column ?? 1)}`;
    stderr.write(`resilience: ${oneLine(`${file}${position}: ${message}`)}\n`);
  }
}

/** Writes the inventory. Whether it could be written. */
function write(inventory: Inventory, { format, output }: Arguments, io: Io): boolean {
  const text = renderInventory(inventory, format);
  if (output === undefined) {
    io.stdout.write(text);
    return true;
  }
  try {
    writeFileAtomic(path.resolve(io.cwd, output), text);
  } catch (error) {
    io.stderr.write(`resilience: ${oneLine(`${output}: cannot be written: ${firstLine(error)}`)}\n`);
    return false;
  }
  const { summary } = inventory;
  const exposed = summary.byProtection.exposed === 0 ? '' : `, ${String(summary.byProtection.exposed)} of them exposed`;
  io.stdout.write(
    `${plural(summary.downstreams, 'downstream')}${exposed}; ${plural(summary.findings, 'finding')}. Written to ${oneLine(output)}\n`,
  );
  return true;
}

function stubs(inventory: Inventory, directory: string, io: Io): boolean {
  try {
    const { written, kept } = writeRunbooks(inventory, directory);
    io.stderr.write(
      `resilience: ${oneLine(toRelative(directory, io.cwd))}: ${plural(written.length, 'runbook stub')} written, ${String(kept.length)} kept as they are\n`,
    );
    return true;
  } catch (error) {
    io.stderr.write(
      `resilience: ${oneLine(`${toRelative(directory, io.cwd)}: cannot be written: ${firstLine(error)}`)}\n`,
    );
    return false;
  }
}

/** Makes the inventory of a code base: every file is opened once, looked at, and let go. */
import path from 'node:path';
import { readManifest } from '../analysis/packages.js';
import { openCodeBase, type OpenFile, type OpenOptions } from '../project/open.js';
import { compareText, repositoryRoot, toRelative } from '../project/paths.js';
import type { ParserToolchain } from '../project/toolchain.js';
import { Collector } from './collect.js';
import { complete } from './derive.js';
import type { FindingFacts, Inventory, InventoryFacts, Service } from './inventory.js';
import { failureTestProofs, runbookProofs } from './proofs.js';
import { riskOf } from './risk.js';

/** What to look at, and how. */
export interface CreateOptions extends Omit<OpenOptions, 'tests'> {
  /** The directory that paths are relative to; absolute. */
  readonly base: string;
  /** Where runbooks may be beside the usual places; absolute. */
  readonly runbooks: string | undefined;
  readonly version: string;
  /** The findings of the rules in a file. */
  readonly check: (file: OpenFile, toolchain: ParserToolchain) => readonly FindingFacts[];
  /** Called before each file. */
  readonly onProgress: (done: number, total: number, file: string) => void;
}

/**
 * Makes an inventory. Trouble with single files is in its `problems`.
 *
 * @throws MissingToolError when ESLint, the parser or TypeScript is not installed
 */
export async function createInventory(options: CreateOptions): Promise<Inventory> {
  const { base, check, onProgress, version } = options;
  const codeBase = await openCodeBase({ ...options, tests: true });
  const collector = new Collector(base);
  const services = new Map<string, Service>();
  const files: { path: string; types: boolean }[] = [];
  const findings: FindingFacts[] = [];
  const runbookOf = new Map<string, string>();
  const total = codeBase.packages.reduce((count, { files: own }) => count + own.length, 0);
  let done = 0;
  for (const owned of codeBase.packages) {
    const service = serviceAt(owned.directory, base);
    const opened = codeBase.begin(owned).open();
    for (const file of owned.files) {
      onProgress(done++, total, file);
      const open = opened.file(file);
      if (!open) continue;
      collector.add(open, service.name, open.isTest);
      for (const { name, runbook } of open.settings.downstreams)
        if (runbook !== undefined) runbookOf.set(name, runbook);
      if (open.isTest) continue;
      services.set(service.path, service);
      files.push({ path: toRelative(file, base), types: open.typed });
      if (open.facts) findings.push(...check(open, codeBase.toolchain));
    }
    collector.endPackage();
  }
  const { tested, hasTests, ...collected } = collector.finish();
  const root = repositoryRoot(base);
  const known: InventoryFacts = {
    schemaVersion: 1,
    kind: 'resilience-inventory',
    tool: { name: 'eslint-plugin-resilience', version },
    root: root === undefined || root === base ? '' : toRelative(base, root),
    services: [...services.values()].sort((a, b) => compareText(a.path, b.path)),
    files: files.sort((a, b) => compareText(a.path, b.path)),
    ...collected,
    proofs: [],
    findings: findings.map((finding) => ({ ...finding, risk: riskOf(finding.ruleId), about: null, entryPoints: 0 })),
    skipped: codeBase.skipped
      .map(({ path: file, reason }) => ({ path: toRelative(file, base), reason }))
      .sort((a, b) => compareText(a.path, b.path)),
    problems: codeBase.problems
      .map(({ kind, path: file, line, column, message }) => ({
        kind,
        path: toRelative(file, base),
        line: line ?? null,
        column: column ?? null,
        message,
      }))
      .sort((a, b) => compareText(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)),
  };
  // Only what has a name can have a runbook.
  const { downstreams } = complete(known);
  return complete({
    ...known,
    proofs: [
      ...(hasTests ? failureTestProofs(known, downstreams, tested) : []),
      ...runbookProofs(known, downstreams, { base, root: root ?? base, given: options.runbooks, named: runbookOf }),
    ],
  });
}

function serviceAt(directory: string, base: string): Service {
  const manifest = readManifest(path.join(directory, 'package.json'));
  return { name: manifest?.name ?? path.basename(directory), path: toRelative(directory, base) };
}

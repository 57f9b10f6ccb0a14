/** Joins the inventories of packages into the one of all of them. */
import path from 'node:path';
import { compareText } from '../project/paths.js';
import { byPlace } from './collect.js';
import { complete } from './derive.js';
import type { Evidence, Inventory, InventoryFacts, Place, Practice, Step } from './inventory.js';

/** Whether something that was read is an inventory that this version understands. */
export function isInventory(value: unknown): value is Inventory {
  const { kind, schemaVersion, calls, functions } = (value ?? {}) as Partial<Record<keyof Inventory, unknown>>;
  return kind === 'resilience-inventory' && schemaVersion === 1 && Array.isArray(calls) && Array.isArray(functions);
}

/**
 * One inventory, relative to the repository's root: what one run over all the packages gives. Parts may come in any order; what
 * several of them have counts once.
 */
export function mergeInventories(parts: readonly Inventory[], version: string): Inventory {
  const moved = parts.map(toRoot).sort((a, b) => compareText(JSON.stringify(a.services), JSON.stringify(b.services)));
  const all = <T>(list: (part: InventoryFacts) => readonly T[], key: (one: T) => string): T[] => [
    ...new Map(moved.flatMap(list).map((one) => [key(one), one])).values(),
  ];
  const text = (one: unknown): string => JSON.stringify(one);
  return complete({
    schemaVersion: 1,
    kind: 'resilience-inventory',
    tool: { name: 'eslint-plugin-resilience', version },
    root: '',
    services: all(({ services }) => services, text).sort((a, b) => compareText(a.path, b.path)),
    files: all(
      ({ files }) => files,
      (file) => file.path,
    ).sort((a, b) => compareText(a.path, b.path)),
    named: all(({ named }) => named, text).sort((a, b) => compareText(a.name, b.name)),
    calls: all(
      ({ calls }) => calls,
      ({ id }) => id,
    ).sort(byPlace),
    functions: all(
      ({ functions }) => functions,
      ({ id }) => id,
    ).sort((a, b) => byPlace(a, b) || compareText(a.id, b.id)),
    proofs: all(({ proofs }) => proofs, text),
    findings: all(({ findings }) => findings, text),
    skipped: all(({ skipped }) => skipped, text).sort((a, b) => compareText(a.path, b.path)),
    problems: all(({ problems }) => problems, text).sort(
      (a, b) => compareText(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0),
    ),
  });
}

/** The facts of a part, with paths that begin at the repository's root. */
function toRoot(part: Inventory): InventoryFacts {
  const to = (file: string): string => path.posix.normalize(path.posix.join(part.root, file));
  const id = (value: string): string => {
    const at = value.indexOf('#');
    return at < 0 ? to(value) : `${to(value.slice(0, at))}${value.slice(at)}`;
  };
  const place = <T extends Place>(one: T): T => ({ ...one, path: to(one.path) });
  const evidence = (list: readonly Evidence[]): readonly Evidence[] => list.map(place);
  const practice = (one: Practice): Practice => ({ ...one, evidence: evidence(one.evidence) });
  const step = (one: Step): Step => {
    if ('call' in one) return { call: id(one.call) };
    if ('run' in one) {
      const instead = Object.entries(one.instead ?? {}).map(([from, into]) => [id(from), id(into)] as const);
      return { run: id(one.run), ...(instead.length > 0 && { instead: Object.fromEntries(instead) }) };
    }
    if ('seq' in one) return { seq: one.seq.map(step) };
    if ('par' in one) return { par: one.par.map(step) };
    if ('alt' in one) return { alt: one.alt.map(step) };
    if ('retry' in one) return { ...one, retry: step(one.retry), at: place(one.at) };
    if ('each' in one) return { ...one, each: step(one.each) };
    if ('under' in one) return { ...one, under: step(one.under), at: place(one.at) };
    if ('caught' in one) return { ...one, caught: step(one.caught), at: place(one.at) };
    return { detached: step(one.detached) };
  };
  return {
    ...part,
    services: part.services.map((service) => ({ ...service, path: to(service.path) })),
    files: part.files.map((file) => ({ ...file, path: to(file.path) })),
    calls: part.calls.map((call) => ({
      ...place(call),
      id: id(call.id),
      origin: to(call.origin),
      through: call.through && place(call.through),
      timeout: practice(call.timeout),
      retry: practice(call.retry),
      idempotency: practice(call.idempotency),
      guard: practice(call.guard),
      bulkhead: practice(call.bulkhead),
      fallback: practice(call.fallback),
    })),
    functions: part.functions.map((flow) => ({ ...place(flow), id: id(flow.id), steps: step(flow.steps) })),
    proofs: part.proofs.map((proof) => ({ ...proof, origin: to(proof.origin), evidence: evidence(proof.evidence) })),
    findings: part.findings.map(place),
    skipped: part.skipped.map((one) => ({ ...one, path: to(one.path) })),
    problems: part.problems.map((one) => ({ ...one, path: to(one.path) })),
  };
}

/** What shows that the failures of a downstream are tested, and that it has a runbook. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isInside, toRelative, upwards } from '../project/paths.js';
import { displayName } from './derive.js';
import type { Downstream, Evidence, InventoryFacts, Proof } from './inventory.js';
import { visitsOf } from './paths.js';
import { excerpt } from './places.js';
import { isUnfilled } from './runbooks.js';
import type { TestedFailure } from './tests.js';

/** For each downstream: the tests that make it fail. */
export function failureTestProofs(
  { calls, functions }: InventoryFacts,
  downstreams: readonly Downstream[],
  tested: readonly TestedFailure[],
): readonly Proof[] {
  const flows = new Map(functions.map((flow) => [flow.id, flow]));
  const sites = new Map(calls.map((call) => [call.id, call]));
  const reached = tested.map(({ runs, hosts, evidence }) => {
    const names = new Set<string>(hosts);
    for (const id of runs) {
      const flow = flows.get(id);
      for (const { call } of flow ? visitsOf(flow, flows) : []) {
        const site = sites.get(call);
        if (site) names.add(displayName(site));
      }
    }
    return { names, evidence };
  });
  return downstreams.map((downstream) => {
    const evidence = reached.filter(({ names }) => names.has(downstream.name)).map((one) => one.evidence);
    return {
      ...identityOf(downstream, calls),
      practice: 'failureTest',
      answer: evidence.length > 0 ? 'yes' : 'no',
      text: evidence.length > 0 ? 'a test makes it fail' : 'no test makes it fail',
      evidence: evidence.slice(0, 3),
    };
  });
}

/** Where runbooks may be. */
export interface RunbookPlaces {
  readonly base: string;
  /** The repository's root. */
  readonly root: string;
  /** A directory of the command line. */
  readonly given: string | undefined;
  /** Paths and addresses of the settings, by the name of the downstream. */
  readonly named: ReadonlyMap<string, string>;
}

/** For each downstream: its runbook. */
export function runbookProofs(
  { calls, services }: InventoryFacts,
  downstreams: readonly Downstream[],
  { base, root, given, named }: RunbookPlaces,
): readonly Proof[] {
  return downstreams.map((downstream): Proof => {
    const proof = (answer: Proof['answer'], text: string, evidence: readonly Evidence[] = []): Proof => ({
      ...identityOf(downstream, calls),
      practice: 'runbook',
      answer,
      text,
      evidence,
    });
    const stated = named.get(downstream.name);
    if (stated !== undefined && /^https?:\/\//iu.test(stated)) return proof('yes', stated);
    const directories = services
      .filter(({ name }) => downstream.services.includes(name))
      .flatMap((service) => [...upwards(path.resolve(base, service.path))])
      .filter((directory) => isInside(directory, root));
    const around = [...new Set([base, ...directories])];
    const files =
      stated === undefined
        ? [
            ...(given === undefined ? [] : [given]),
            ...around.flatMap((one) => [path.join(one, 'docs', 'runbooks'), path.join(one, 'runbooks')]),
          ].map((directory) => path.join(directory, `${downstream.slug}.md`))
        : around.map((directory) => path.resolve(directory, stated));
    const file = files.find((candidate) => existsSync(candidate));
    if (file === undefined) return proof('no', stated === undefined ? 'none found' : `${stated} is not there`);
    const text = readFileSync(file, 'utf8');
    const place = {
      path: toRelative(file, base),
      line: 1,
      column: 1,
      ...excerpt(text.split(/\r?\n/u).slice(0, 40), 1, 5),
    };
    return isUnfilled(text)
      ? proof('unknown', 'a stub that nobody has filled in', [place])
      : proof('yes', 'there is one', [place]);
  });
}

function identityOf(
  { name }: Downstream,
  calls: InventoryFacts['calls'],
): Pick<Proof, 'downstream' | 'client' | 'origin'> {
  const call = calls.find((one) => displayName(one) === name);
  return { downstream: call?.downstream ?? null, client: call?.client ?? '', origin: call?.origin ?? '' };
}

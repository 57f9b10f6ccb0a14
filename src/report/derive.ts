/** Everything about an inventory that is worked out from its facts: a merge of parts works it out anew. */
import { compareText } from '../project/paths.js';
import { byPlace } from './collect.js';
import {
  practices,
  protections,
  type CallSite,
  type Downstream,
  type EntryPoint,
  type Evidence,
  type FunctionFlow,
  type Inventory,
  type InventoryFacts,
  type Practice,
  type PracticeName,
  type Proof,
  type Protection,
  type RankedFinding,
  type Step,
} from './inventory.js';
import { visitsOf, worstOf, type Visit } from './paths.js';

/** The name under which a call, or a proof, is shown. */
export function displayName({
  downstream,
  client,
  origin,
}: Pick<CallSite, 'downstream' | 'client' | 'origin'>): string {
  return downstream ?? `${client} in ${origin}`;
}

/** Completes an inventory. */
export function complete(facts: InventoryFacts): Inventory {
  const functions = leading(facts);
  const flows = new Map(functions.map((flow) => [flow.id, flow]));
  const calls = new Map(facts.calls.map((call) => [call.id, call]));
  const entries = rootsOf(functions).map((flow) => ({ flow, visits: visitsOf(flow, flows) }));
  const ways = new Map<string, Visit[]>();
  for (const { visits } of entries)
    for (const visit of visits) ways.set(visit.call, [...(ways.get(visit.call) ?? []), visit]);

  const entryPoints = entries
    .map(({ flow, visits }) => entryPoint(flow, visits, calls, flows))
    .filter(({ steps }) => steps.length > 0)
    .sort((a, b) => orderOfEntry[a.entry] - orderOfEntry[b.entry] || byPlace(a, b) || compareText(a.id, b.id));
  const byName = groupedByName(facts.calls);
  const slugs = slugsOf([...byName.keys()]);
  const ranked = rank(facts, entryPoints, byName);
  const downstreams = [...byName]
    .map(([name, own]) => downstreamOf(name, slugs.get(name) ?? '', own, ways, facts, entryPoints, ranked))
    .sort(
      (a, b) =>
        protections.indexOf(a.protection) - protections.indexOf(b.protection) ||
        b.onPathOf.length - a.onPathOf.length ||
        b.calls.length - a.calls.length ||
        compareText(a.name, b.name),
    );
  const byProtection = Object.fromEntries(
    protections.map((protection) => [protection, downstreams.filter((one) => one.protection === protection).length]),
  ) as Record<Protection, number>;
  return {
    ...facts,
    functions,
    proofs: [...facts.proofs].sort(
      (a, b) => compareText(a.practice, b.practice) || compareText(displayName(a), displayName(b)),
    ),
    findings: ranked,
    downstreams,
    entryPoints,
    summary: {
      files: facts.files.length,
      calls: facts.calls.length,
      downstreams: downstreams.length,
      byProtection,
      entryPoints: entryPoints.length,
      findings: ranked.length,
    },
  };
}

// Functions

/** The functions that lead to a call, or to code that was not looked at. */
function leading({ functions, files }: InventoryFacts): readonly FunctionFlow[] {
  const looked = new Set(files.map(({ path }) => path));
  const byId = new Map(functions.map((flow) => [flow.id, flow]));
  const callers = new Map<string, string[]>();
  const kept = new Set<string>();
  const queue: string[] = [];
  for (const flow of functions) {
    for (const part of partsOf(flow.steps)) {
      if ('call' in part || ('run' in part && !byId.has(part.run) && !looked.has(part.run.replace(/#.*$/u, ''))))
        queue.push(flow.id);
      if ('run' in part) callers.set(part.run, [...(callers.get(part.run) ?? []), flow.id]);
    }
  }
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    queue.push(...(callers.get(id) ?? []));
  }
  return functions.filter(({ id }) => kept.has(id));
}

/** Every step in a step. */
function* partsOf(step: Step): Generator<Step> {
  yield step;
  if ('seq' in step) for (const one of step.seq) yield* partsOf(one);
  else if ('par' in step) for (const one of step.par) yield* partsOf(one);
  else if ('alt' in step) for (const one of step.alt) yield* partsOf(one);
  else if ('retry' in step) yield* partsOf(step.retry);
  else if ('each' in step) yield* partsOf(step.each);
  else if ('under' in step) yield* partsOf(step.under);
  else if ('caught' in step) yield* partsOf(step.caught);
  else if ('detached' in step) yield* partsOf(step.detached);
}

/** Where work begins: what the outside runs, and what is exported and run by nobody here. */
function rootsOf(functions: readonly FunctionFlow[]): readonly FunctionFlow[] {
  const run = new Set<string>();
  for (const flow of functions) {
    if (flow.entry === 'test') continue;
    for (const part of partsOf(flow.steps)) if ('run' in part && part.run !== flow.id) run.add(part.run);
  }
  return functions.filter(
    ({ id, entry }) =>
      entry === 'route' || entry === 'handler' || entry === 'main' || (entry === 'exported' && !run.has(id)),
  );
}

const orderOfEntry = { route: 0, handler: 1, main: 2, exported: 3 } as const;

function entryPoint(
  flow: FunctionFlow,
  visits: readonly Visit[],
  calls: ReadonlyMap<string, CallSite>,
  flows: ReadonlyMap<string, FunctionFlow>,
): EntryPoint {
  const known = visits.flatMap((visit) => {
    const call = calls.get(visit.call);
    return call ? [{ visit, name: displayName(call) }] : [];
  });
  const critical = new Set(
    known
      .filter(({ visit }) => visit.caught === null && !visit.detached && !visit.under.has('fallback'))
      .map(({ name }) => name),
  );
  const optional = new Set(known.map(({ name }) => name).filter((name) => !critical.has(name)));
  return {
    id: flow.id,
    path: flow.path,
    line: flow.line,
    column: flow.column,
    name: flow.name,
    service: flow.service,
    entry: flow.entry === null || flow.entry === 'test' ? 'exported' : flow.entry,
    worst: worstOf(flow, flows, calls),
    critical: [...critical].sort(compareText),
    optional: [...optional].sort(compareText),
    steps: known.map(({ visit }) => ({ call: visit.call, by: visit.by })),
  };
}

// Downstreams

function groupedByName(calls: readonly CallSite[]): ReadonlyMap<string, readonly CallSite[]> {
  const groups = new Map<string, CallSite[]>();
  for (const call of calls) {
    const name = displayName(call);
    groups.set(name, [...(groups.get(name) ?? []), call]);
  }
  return groups;
}

function slugsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const slugs = new Map<string, string>();
  const used = new Set<string>();
  for (const name of [...names].sort(compareText)) {
    const base =
      name
        .toLowerCase()
        .replace(/[^a-z\d]+/gu, '-')
        .replace(/^-|-$/gu, '')
        .slice(0, 80) || 'downstream';
    let slug = base;
    for (let count = 2; used.has(slug); count++) slug = `${base}-${count}`;
    used.add(slug);
    slugs.set(name, slug);
  }
  return slugs;
}

function downstreamOf(
  name: string,
  slug: string,
  calls: readonly CallSite[],
  ways: ReadonlyMap<string, readonly Visit[]>,
  facts: InventoryFacts,
  entryPoints: readonly EntryPoint[],
  findings: readonly RankedFinding[],
): Downstream {
  const own = findings.filter(({ about }) => about === name);
  const answers = Object.fromEntries(
    practices.map((practice) => [
      practice,
      practice === 'failureTest' || practice === 'runbook'
        ? proven(
            practice,
            facts.proofs.filter((proof) => proof.practice === practice && displayName(proof) === name),
          )
        : together(calls.map((call) => withCallers(practice, call, ways.get(call.id) ?? []))),
    ]),
  ) as Record<PracticeName, Practice>;
  const family = calls[0]?.family ?? 'http';
  return {
    name,
    slug,
    family,
    clients: [...new Set(calls.map(({ client }) => client))].sort(compareText),
    services: [...new Set(calls.map(({ service }) => service))].sort(compareText),
    critical: facts.named.find((named) => named.name === name)?.critical ?? null,
    protection: protectionOf(answers, own),
    calls: calls.map(({ id }) => id),
    onPathOf: entryPoints.filter(({ critical }) => critical.includes(name)).map(({ id }) => id),
    practices: answers,
    findings: own.length,
  };
}

function protectionOf(
  answers: Readonly<Record<PracticeName, Practice>>,
  findings: readonly RankedFinding[],
): Protection {
  const { timeout, retry, idempotency, guard } = answers;
  if (timeout.answer === 'no') return 'exposed';
  if (retry.wrong || idempotency.wrong || findings.some(({ risk }) => risk === 'high')) return 'at-risk';
  if (timeout.answer === 'unknown') return 'unknown';
  return guard.answer === 'yes' ? 'guarded' : 'bounded';
}

const kindsOf: Partial<Record<PracticeName, readonly string[]>> = {
  guard: ['breaker'],
  bulkhead: ['bulkhead', 'limiter', 'rate-limit'],
  fallback: ['fallback'],
};

/** A practice of a call, where every way to it that is known passes one. */
function withCallers(
  practice: Exclude<PracticeName, 'failureTest' | 'runbook'>,
  call: CallSite,
  ways: readonly Visit[],
): Practice {
  const own = call[practice];
  if (own.answer !== 'no' || own.wrong || ways.length === 0) return own;
  const kinds = kindsOf[practice] ?? [];
  const places = ways.map((way): Evidence | null => {
    if (practice === 'retry') return way.retried?.at ?? null;
    const policy = kinds.map((kind) => way.under.get(kind)).find((at) => at !== undefined);
    if (policy) return policy;
    if (practice !== 'fallback') return null;
    return way.caught ?? (way.detached ? call : null);
  });
  const found = places.filter((place) => place !== null);
  if (found.length === 0 || practice === 'timeout' || practice === 'idempotency') return own;
  const text = practice === 'retry' ? (ways.find(({ retried }) => retried)?.retried?.text ?? '') : 'around its callers';
  if (found.length === places.length) return { answer: 'yes', text, wrong: false, evidence: unique(found) };
  return { answer: 'unknown', text: `${text}, on some ways only`, wrong: false, evidence: unique(found) };
}

function proven(practice: Proof['practice'], proofs: readonly Proof[]): Practice {
  for (const answer of ['yes', 'no', 'unknown'] as const) {
    const found = proofs.filter((proof) => proof.answer === answer);
    const [first] = found;
    if (first)
      return { answer, text: first.text, wrong: false, evidence: unique(found.flatMap(({ evidence }) => evidence)) };
  }
  return {
    answer: 'unknown',
    text: practice === 'runbook' ? 'not looked for' : 'no tests were looked at',
    wrong: false,
    evidence: [],
  };
}

const maxEvidence = 6;

/** The answer for a downstream: the worst of its calls. */
function together(answers: readonly Practice[]): Practice {
  const needed = answers.filter(({ answer }) => answer !== 'not-needed');
  const [first] = answers;
  if (needed.length === 0) return { answer: 'not-needed', text: first?.text ?? '', wrong: false, evidence: [] };
  const worst =
    [
      needed.filter(({ wrong }) => wrong),
      needed.filter(({ answer }) => answer === 'no'),
      needed.filter(({ answer }) => answer === 'unknown'),
      needed,
    ].find((group) => group.length > 0) ?? needed;
  const texts = [...new Set(worst.map(({ text }) => text))];
  const some = worst.length < needed.length ? ` (${worst.length} of ${needed.length} calls)` : '';
  const text = texts.length === 1 ? (texts[0] ?? '') : `${texts[0] ?? ''}, and ${texts.length - 1} more`;
  return {
    answer: worst[0]?.answer ?? 'unknown',
    text: `${text}${some}`,
    wrong: worst.some(({ wrong }) => wrong),
    evidence: unique(worst.flatMap(({ evidence }) => evidence)).slice(0, maxEvidence),
  };
}

function unique(evidence: readonly Evidence[]): readonly Evidence[] {
  const byKey = new Map(
    evidence.map(({ path, line, column, code, firstLine }) => [
      `${path}:${line}:${column}`,
      { path, line, column, code, firstLine },
    ]),
  );
  return [...byKey.values()].sort(byPlace);
}

// Findings

const orderOfRisk = { high: 0, medium: 1, low: 2 } as const;

function rank(
  facts: InventoryFacts,
  entryPoints: readonly EntryPoint[],
  byName: ReadonlyMap<string, readonly CallSite[]>,
): readonly RankedFinding[] {
  const about = aboutOf(byName);
  const critical = new Set(facts.named.filter((named) => named.critical).map(({ name }) => name));
  return facts.findings
    .map((finding): RankedFinding => {
      const name = about(finding);
      return {
        ...finding,
        about: name,
        entryPoints: name === null ? 0 : entryPoints.filter((entry) => entry.critical.includes(name)).length,
      };
    })
    .sort(
      (a, b) =>
        orderOfRisk[a.risk] - orderOfRisk[b.risk] ||
        Number(critical.has(b.about ?? '')) - Number(critical.has(a.about ?? '')) ||
        b.entryPoints - a.entryPoints ||
        byPlace(a, b) ||
        compareText(a.ruleId, b.ruleId),
    );
}

/** Tells which downstream a finding is about: by its name, by a call or its evidence at that line, by its file's only downstream. */
function aboutOf(byName: ReadonlyMap<string, readonly CallSite[]>): (finding: RankedFinding) => string | null {
  const atLine = new Map<string, string>();
  const inFile = new Map<string, Set<string>>();
  const note = (name: string, { path, line }: { readonly path: string; readonly line: number }): void => {
    const key = `${path}:${line}`;
    atLine.set(key, atLine.get(key) ?? name);
  };
  for (const [name, calls] of byName) {
    for (const call of calls) {
      note(name, call);
      for (const file of [call.path, call.origin]) inFile.set(file, (inFile.get(file) ?? new Set()).add(name));
    }
  }
  for (const [name, calls] of byName) {
    for (const { through, timeout, retry, fallback, idempotency } of calls) {
      if (through) note(name, through);
      for (const { evidence } of [timeout, retry, fallback, idempotency])
        for (const place of evidence) note(name, place);
    }
  }
  return ({ downstream, path, line }) => {
    if (downstream !== null && byName.has(downstream)) return downstream;
    const [only, ...others] = inFile.get(path) ?? [];
    return atLine.get(`${path}:${line}`) ?? (others.length === 0 ? only : undefined) ?? null;
  };
}

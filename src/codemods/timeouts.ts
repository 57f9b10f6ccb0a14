/** `timeouts`: gives every downstream a budget, in one module, and makes calls and clients read from it. */
import type { Facts } from '../analysis/analyze.js';
import { downstreamOfCall, downstreamOfClient } from '../analysis/downstreams.js';
import { isIgnored } from '../analysis/naming.js';
import type { IneffectiveBound } from '../analysis/ineffective.js';
import { isStreamed } from '../analysis/responses.js';
import type { TimeoutFact } from '../analysis/timeouts.js';
import type { Operation } from '../catalog/schema.js';
import type { Edit } from '../fixes/edits.js';
import { importName } from '../fixes/imports.js';
import { isUsable, mendBound } from '../fixes/ineffective.js';
import { boundSubject, needsNewerPlatform } from '../fixes/timeouts.js';
import type { OpenFile } from '../project/open.js';
import { Budgets, budgetsName } from './budgets.js';
import type { Change, Codemod, Findings, Left, Package } from './codemod.js';

/** What a budget is asked for. */
interface Wanted {
  readonly client: string;
  readonly downstream: string | null;
  readonly operation: Operation | null;
  readonly operationName: string | null;
  readonly writtenMs: number | null;
}

export const timeouts: Codemod = {
  name: 'timeouts',
  summary: 'give every downstream a budget in one module, and make calls and clients read from it',
  rules: ['require-timeout', 'no-ineffective-timeout'],
  begin(target) {
    const budgets = new Budgets(target);
    return {
      visit: (file) => (file.facts ? visit(file, file.facts, budgets) : { changes: [], left: [] }),
      finishRound: () => budgets.save((expression) => isUsed(expression, target)),
      settle: () => {
        budgets.prune((expression) => isUsed(expression, target));
        budgets.tell();
      },
    };
  },
};

/** Whether a file of the package reads a budget, whatever the object is called there. */
function isUsed(expression: string, { files, read }: Package): boolean {
  const [object = '', name = ''] = expression.split('.');
  const pattern = new RegExp(`\\b${object}\\d*\\.${name}\\b`, 'u');
  return files.files.some((file) => pattern.test(read(file) ?? ''));
}

function visit(file: OpenFile, facts: Facts, budgets: Budgets): Findings {
  const changes: Change[] = [];
  const left: Left[] = [];
  if (file.path === budgets.file) return { changes, left };
  for (const fact of facts.timeouts) {
    const found = isWanting(fact) ? boundFor(file, facts, fact, budgets) : null;
    if (found && 'why' in found) left.push(found);
    else if (found) changes.push(found);
  }
  for (const fault of facts.ineffective) {
    if (leftAlone.has(fault.fault)) continue;
    const found = mendedBound(file, facts, fault, budgets);
    if (found && 'why' in found) left.push(found);
    else if (found) changes.push(found);
  }
  return { changes, left };
}

/** Limits that bind, only not as well as they might: the team's own decision. */
const leftAlone: ReadonlySet<IneffectiveBound['fault']> = new Set(['tooLong', 'lifetimeOnStream', 'unknown']);

const isWanting = ({ verdict, withoutDefault }: TimeoutFact): boolean =>
  /^(?:missing|openPhase|longDefault|implicit)$/.test(verdict.kind) ||
  (verdict.kind === 'callerOwned' && withoutDefault);

function boundFor(file: OpenFile, facts: Facts, fact: TimeoutFact, budgets: Budgets): Change | Left | null {
  const { subject, report } = fact;
  const { line } = report.loc.start;
  const isClient = subject.kind === 'construction';
  const client = isClient ? subject.construction.client : subject.call.client;
  const downstream = isClient
    ? downstreamOfClient(facts.evaluator, client)
    : downstreamOfCall(facts.evaluator, subject.call);
  const about = { client: client.library.name, downstream };
  if (isIgnored(facts.settings, about)) return null;
  // The function that hands its caller's options on is what is changed.
  if (subject.kind === 'wrapper-call') {
    return { path: file.path, line, why: 'the function that is called leaves the limit to its callers' };
  }
  if (subject.kind === 'call' && isStreamed(facts.evaluator, subject.call)) {
    return { path: file.path, line, why: 'the answer is a stream, and a limit on the whole of it would cut it off' };
  }
  const operation = isClient ? null : subject.call.operation;
  const wanted = { ...about, operation, operationName: isClient ? null : subject.call.name, writtenMs: null };
  return withBudget(file, facts, line, wanted, budgets, (expression) =>
    boundSubject(facts, file.source, fact, [downstream, client.library.name], expression),
  );
}

function mendedBound(file: OpenFile, facts: Facts, fault: IneffectiveBound, budgets: Budgets): Change | Left | null {
  const { call, construction, report } = fault;
  const client = call?.client ?? construction?.client;
  if (!client) return null;
  const downstream = call ? downstreamOfCall(facts.evaluator, call) : downstreamOfClient(facts.evaluator, client);
  const about = { client: client.library.name, downstream };
  if (isIgnored(facts.settings, about)) return null;
  const wanted = {
    ...about,
    operation: call?.operation ?? null,
    operationName: call?.name ?? null,
    writtenMs: isUsable(fault.ms) ? fault.ms : null,
  };
  return withBudget(file, facts, report.loc.start.line, wanted, budgets, (expression) =>
    mendBound(facts, file.source, fault, [downstream, client.library.name], expression),
  );
}

/** A change that reads a budget, with the import that it needs. */
function withBudget(
  file: OpenFile,
  facts: Facts,
  line: number,
  { client, downstream, operation, operationName, writtenMs }: Wanted,
  budgets: Budgets,
  fix: (expression: string) => { readonly edits: readonly Edit[]; readonly text: string } | null,
): Change | Left {
  const usualMs = operation?.usualMs ?? null;
  // Whether there is a fix at all is asked first: what is not written needs no budget.
  const trial = fix(budgetsName);
  if (!trial) return { path: file.path, line, why: `${client} takes no limit here that could be written` };
  if (needsNewerPlatform(facts, trial.text)) {
    return { path: file.path, line, why: 'the platform that the package names has no AbortSignal.timeout or any' };
  }
  const name = budgets.nameOf({
    file: file.path,
    downstream,
    client,
    usualMs,
    operation: usualMs === null || operationName === '()' ? null : operationName,
    writtenMs,
    settings: facts.settings,
  });
  const { local, edits } = importName(file.source, facts.module, budgets.file, budgetsName);
  const fixed = fix(`${local}.${name}`) ?? trial;
  const used = fixed.text.includes(local);
  return {
    path: file.path,
    line,
    what: fixed.text,
    edits: [...(used ? edits : []), ...fixed.edits],
  };
}

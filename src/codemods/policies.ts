/** `policies`: one module with a policy for each downstream, and every call of it run in its policy. */
import path from 'node:path';
import { implicitRetry } from '../analysis/retries/libraries.js';
import type { Facts } from '../analysis/analyze.js';
import { argumentNodes, type DownstreamCall } from '../analysis/calls.js';
import { downstreamOfCall } from '../analysis/downstreams.js';
import { effectOf } from '../analysis/effects.js';
import type { UnguardedFact } from '../analysis/isolation/guards.js';
import { possibilities } from '../analysis/values.js';
import { inSettings, isIgnored } from '../analysis/naming.js';
import { importName } from '../fixes/imports.js';
import { guardDownstream, wrapCall } from '../fixes/policies.js';
import type { OpenFile } from '../project/open.js';
import { Budgets, budgetsName } from './budgets.js';
import type { Change, Codemod, Findings, Left, Package } from './codemod.js';
import { formOf, identifierOf, nameOfFile, placeOf } from './modules.js';

export const policies: Codemod = {
  name: 'policies',
  summary: 'run every downstream’s calls in a policy of its own: retry, circuit breaker, bulkhead, timeout',
  rules: ['no-unguarded-client'],
  begin(target) {
    const module = new PolicyModule(target);
    return {
      visit: (file) => (file.facts ? visit(file, file.facts, module) : { changes: [], left: [] }),
      finishRound: () => module.save(),
      settle: () => module.tell(),
    };
  },
};

function visit(file: OpenFile, facts: Facts, module: PolicyModule): Findings {
  const changes: Change[] = [];
  const left: Left[] = [];
  if (file.path === module.file) return { changes, left };
  for (const fact of facts.isolation.unguarded) {
    const { line } = fact.report.loc.start;
    if (fact.verdict !== 'unguarded') continue;
    if (isIgnored(facts.settings, { client: fact.client, downstream: fact.downstream })) continue;
    if (!/^(?:http|rpc|sdk)$/.test(fact.family)) {
      left.push({
        path: file.path,
        line,
        why: 'a store or a queue: whether a breaker may stand between its statements is for people to say',
      });
    } else if (facts.settings.policy) {
      const [fix] = guardDownstream(facts, file.source, fact);
      if (fix) changes.push({ path: file.path, line, what: facts.settings.policy.export, edits: fix.edits });
      else left.push({ path: file.path, line, why: unwrappable });
    } else {
      for (const call of fact.calls) {
        const found = wrapped(file, facts, fact, call, module);
        if ('why' in found) left.push(found);
        else changes.push(found);
      }
    }
  }
  return { changes, left };
}

const fromCaller =
  'its address comes from its caller: one breaker for all of them would let one that fails shut the others off';

/** Whether each caller names another downstream. */
function isFromCaller({ evaluator, module }: Facts, call: DownstreamCall): boolean {
  const { target } = call.operation;
  const node = target === undefined ? undefined : argumentNodes(call)[target];
  if (!node || node.type === 'SpreadElement' || downstreamOfCall(evaluator, call) !== null) return false;
  return possibilities(evaluator.evaluate(node, module)).some(({ kind }) => kind === 'parameter');
}

const unwrappable = 'its promise is not waited for in one place, so that no policy can run it by itself';

function wrapped(
  file: OpenFile,
  facts: Facts,
  fact: UnguardedFact,
  call: DownstreamCall,
  module: PolicyModule,
): Change | Left {
  const { line } = call.node.loc.start;
  if (isFromCaller(facts, call)) return { path: file.path, line, why: fromCaller };
  const trial = wrapCall(facts, file.source, call, 'policy.execute', module.handsSignal);
  if (!trial) return { path: file.path, line, why: unwrappable };
  const name = module.nameOf(file, facts, fact, call, isRepeatable(facts, call));
  const { local, edits } = importName(file.source, facts.module, module.file, name);
  const run = module.runOf(local);
  return {
    path: file.path,
    line,
    what: `${run}(…)`,
    edits: [...edits, ...(wrapCall(facts, file.source, call, run, module.handsSignal) ?? [])],
  };
}

/** Whether a call may be made again when it fails: it only reads, and nothing else repeats it. */
function isRepeatable(facts: Facts, call: DownstreamCall): boolean {
  if (effectOf(facts.evaluator, call).effect !== 'read' || implicitRetry(facts.evaluator, call)) return false;
  return !facts.retries.some((scope) =>
    facts.reachedBy(scope).calls.some((reached) => reached.call.node === call.node),
  );
}

/** The module of policies of one package. */
class PolicyModule {
  readonly file: string;
  readonly handsSignal: boolean;
  readonly #target: Package;
  readonly #budgets: Budgets;
  /** Policies to be added, by name. */
  readonly #wanted = new Map<string, { readonly base: string; readonly limit: string; readonly budgeted: boolean }>();

  constructor(target: Package) {
    this.#target = target;
    this.#budgets = new Budgets(target);
    this.file = placeOf(target, target.settings.policiesModule, 'policies');
    this.handsSignal = target.settings.library === 'cockatiel';
  }

  /** How a policy is run: `payments.execute`. */
  runOf(local: string): string {
    return this.handsSignal ? `${local}.execute` : local;
  }

  /** The name of the policy for a call. */
  nameOf(file: OpenFile, facts: Facts, fact: UnguardedFact, call: DownstreamCall, repeatable: boolean): string {
    const downstream = downstreamOfCall(facts.evaluator, call) ?? fact.downstream;
    const named = inSettings(facts.settings, { client: fact.client, downstream })?.name;
    const base = identifierOf(named ?? downstream ?? nameOfFile(file.path));
    const budget = this.#budgets.existing({
      file: file.path,
      downstream,
      client: fact.client,
      usualMs: null,
      operation: null,
      writtenMs: null,
      settings: facts.settings,
    });
    const limit = budget === null ? String(facts.settings.timeoutMs) : `${budgetsName}.${budget}`;
    const name = repeatable && this.handsSignal ? `${base}Reads` : `${base}Policy`;
    this.#wanted.set(name, { base, limit, budgeted: budget !== null });
    return name;
  }

  /** Adds the policies that are not there yet. */
  save(): void {
    const { read, write, files } = this.#target;
    const present = read(this.file);
    const has = new Set([...(present ?? '').matchAll(/^(?:export )?const (\w+) =/gmu)].map(([, name]) => name ?? ''));
    const texts = files.files.map((file) => read(file) ?? '');
    const isUsed = (name: string): boolean => texts.some((text) => new RegExp(`\\b${name}\\b`, 'u').test(text));
    const added: string[] = [];
    let budgeted = false;
    for (const [name, { base, limit, budgeted: fromBudget }] of this.#wanted) {
      if (has.has(name) || !isUsed(name)) continue;
      budgeted ||= fromBudget;
      const policy = `${base}Policy`;
      if (!has.has(policy)) added.push(this.#once(base, limit));
      has.add(policy);
      if (name !== policy) added.push(repeated(base));
      has.add(name);
    }
    this.#wanted.clear();
    if (added.length === 0) return;
    const body = `${present ?? this.#head()}\n${added.join('\n')}`;
    write(this.file, budgeted ? this.#withBudgets(body) : body);
    this.#target.require(this.handsSignal ? 'cockatiel' : 'opossum', this.handsSignal ? '^3.2.1' : '^9.0.0');
  }

  tell(): void {
    if (this.#target.read(this.file) === null) return;
    const shown = path.relative(this.#target.files.directory, this.file).split(path.sep).join('/');
    this.#target.note(`Policies are in ${shown}: breakers open after five failures in a row, ten calls at a time`);
  }

  #head(): string {
    const form = formOf(this.file);
    const error = form === 'typescript' ? '(error as { status?: number; response?: { status?: number } })' : 'error';
    const predicate = form === 'typescript' ? '(error: Error)' : '(error)';
    const isFault = [
      '/** What the caller did wrong is no failure of the other side. */',
      `const isFailure = ${predicate} => {`,
      `  const { response, status = response?.status ?? 0 } = ${error};`,
      '  return status < 400 || status === 429 || status >= 500;',
      '};',
      '',
    ];
    if (!this.handsSignal) {
      return [
        '/** What the calls of each downstream run in: a circuit breaker with a limit on time and on concurrency. */',
        form === 'commonjs' ? "const CircuitBreaker = require('opossum');" : "import CircuitBreaker from 'opossum';",
        '',
        ...isFault,
      ].join('\n');
    }
    const names = [
      'BrokenCircuitError',
      'ConsecutiveBreaker',
      'ExponentialBackoff',
      'TimeoutStrategy',
      'bulkhead',
      'circuitBreaker',
      'handleWhen',
      'retry',
      'timeout',
      'wrap',
    ];
    const list = `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
    return [
      '/** What the calls of each downstream run in, from the outside in: retry (reads only), circuit breaker, bulkhead, timeout. */',
      form === 'commonjs' ? `const ${list} = require('cockatiel');` : `import ${list} from 'cockatiel';`,
      '',
      ...isFault,
      'const failures = handleWhen(isFailure);',
      '// A breaker that is open stays open for a while: asking again at once is no use.',
      'const repeatable = handleWhen((error) => isFailure(error) && !(error instanceof BrokenCircuitError));',
      '',
    ].join('\n');
  }

  /** The policy of a downstream for what must not be repeated. */
  #once(base: string, limit: string): string {
    const commonjs = formOf(this.file) === 'commonjs';
    const name = `${base}Policy`;
    const after = commonjs ? `exports.${name} = ${name};\n` : '';
    const head = commonjs ? `const ${name}` : `export const ${name}`;
    if (this.handsSignal) {
      return [
        `${head} = wrap(`,
        '  circuitBreaker(failures, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),',
        '  bulkhead(10, 100),',
        `  timeout(${limit}, TimeoutStrategy.Cooperative),`,
        ');',
        after,
      ].join('\n');
    }
    const typescript = formOf(this.file) === 'typescript';
    return [
      `const ${base}Breaker = new CircuitBreaker((run${typescript ? ': () => Promise<unknown>' : ''}) => run(), {`,
      `  timeout: ${limit},`,
      '  capacity: 10,',
      '  volumeThreshold: 5,',
      '  errorFilter: (error) => !isFailure(error),',
      '});',
      typescript
        ? `${head} = <T>(run: () => Promise<T>): Promise<T> => ${base}Breaker.fire(run) as Promise<T>;`
        : `${head} = (run) => ${base}Breaker.fire(run);`,
      after,
    ].join('\n');
  }

  #withBudgets(text: string): string {
    if (/[{ ]budgets[ ,}].*(?:from|require)/u.test(text)) return text;
    const relative = path.relative(path.dirname(this.file), this.#budgets.file).split(path.sep).join('/');
    const bare = (relative.startsWith('.') ? relative : `./${relative}`).replace(/\.[cm]?[jt]s$/u, '');
    const commonjs = formOf(this.file) === 'commonjs';
    const extension = /\.([cm]?)[jt]s$/u.exec(this.#budgets.file)?.[1] ?? '';
    const specifier = `${bare}${this.#writesExtensions() ? `.${extension}js` : ''}`;
    const statement = commonjs ? `const { budgets } = require('${bare}');` : `import { budgets } from '${specifier}';`;
    return text.replace(/^(.*(?:from |require\()'(?:cockatiel|opossum)'.*)$/mu, (line) => `${line}\n${statement}`);
  }

  /** Whether relative imports of the package have an extension, as its files write them. */
  #writesExtensions(): boolean {
    for (const file of this.#target.files.files) {
      const found = /from\s+['"]\.[^'"]*['"]/u.exec(this.#target.read(file) ?? '')?.[0];
      if (found !== undefined) return /\.[cm]?js['"]$/u.test(found);
    }
    return true;
  }
}

/** The same for what may be repeated. */
function repeated(base: string): string {
  const options = '{ maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }) }';
  return `export const ${base}Reads = wrap(retry(repeatable, ${options}), ${base}Policy);\n`;
}

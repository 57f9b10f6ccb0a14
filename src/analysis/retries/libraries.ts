/** Retries by libraries: functions that run an operation again, clients whose options say so, what is installed on them. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Retry } from '../../catalog/schema.js';
import { argumentNodes, calleeOf, optionsIndex, optionsOf, type CallNode, type DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { memberAt, siteOf } from '../members.js';
import { memberName, type Module } from '../module.js';
import { absent, noEnv, possibilities, type ClientValue, type Env, type PolicyValue, type Value } from '../values.js';
import { judgeBehaviour, resolveConst } from './behaviour.js';
import type { RetryScope, Run } from './scope.js';

const noWait = { failures: 'unknown', retryAfter: null, abort: null } as const;

/** A call that is no downstream call: of a policy, or of what a policy made. */
export function policyScope(
  evaluator: Evaluator,
  node: CallNode,
  module: Module,
  calls: readonly DownstreamCall[] = [],
): RetryScope | null {
  if (node.type === 'TaggedTemplateExpression') return null;
  const callee = calleeOf(node);
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return null;
  for (const value of possibilities(evaluator.callee(callee, module))) {
    if (value.kind !== 'policy') continue;
    if (value.method !== null) {
      const scope = runScope(evaluator, node, value, module);
      if (scope) return scope;
    } else if (value.policy.kind === 'retry' && value.policy.retry && !value.built) {
      return madeScope(evaluator, node, value, value.policy.retry, module, calls);
    }
  }
  return null;
}

/** `pRetry(operation, options)`, `retry(handleAll, options)`, `axiosRetry(client, options)`. */
function madeScope(
  evaluator: Evaluator,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  value: PolicyValue,
  retry: Retry,
  module: Module,
  calls: readonly DownstreamCall[],
): RetryScope {
  const { policy, library } = value;
  const args = evaluator.arguments(node.arguments, module, noEnv);
  const index = optionsPlace(node, args, policy.options, policy.operation);
  const options =
    index === null
      ? absent
      : policy.options === undefined && policy.installs !== undefined
        ? absent
        : (args[index] ?? absent);
  const head = calleeOf(node);
  const judged = judgeBehaviour(evaluator, { library, retry, value: options, site: { node, module }, head });
  return {
    kind: 'library',
    module,
    node,
    head: { node: head },
    name: library.name,
    explicit: true,
    ...(policy.installs !== undefined && { installed: true }),
    runs:
      policy.installs !== undefined
        ? callsOf(args[policy.installs], calls).map((call) => ({ node: call.node, module }))
        : (runsOfArgument(
            node,
            policy.operation === undefined || policy.run || policy.operation === index ? null : policy.operation,
            evaluator,
            module,
          ) ?? pipedInto(node, module)),
    ...judged,
    selectivity: {
      ...judged.selectivity,
      failures:
        matchedFailures(node, module) ??
        // A library without a filter takes what fails for what may pass.
        (retry.options?.filter === undefined && policy.installs === undefined && !filtersByDelay(options)
          ? 'everything'
          : policy.installs === undefined || judged.selectivity.failures === 'everything'
            ? judged.selectivity.failures
            : 'filtered'),
    },
    loop: null,
    options: index === null ? null : { library, retry, call: node, index, value: options, policy: value.name },
  };
}

/** Whether a function in the options throws again what is final: `retry({ delay: (error) => throwError(() => error) })`. */
function filtersByDelay(options: Value): boolean {
  return possibilities(options).some(
    (value) =>
      value.kind === 'object' &&
      /\bthrow\b|\bthrowError\b|\bEMPTY\b/.test(value.site.module.text.slice(...value.site.node.range)),
  );
}

/** Which failures a policy is for, where its first argument says so: `retry(handleAll, …)`, `retry(handleType(…), …)`. */
function matchedFailures(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): 'everything' | 'filtered' | null {
  const [first] = node.arguments;
  const text = first ? module.text.slice(...first.range) : '';
  if (!/^handle[A-Z]/.test(text)) return null;
  return text === 'handleAll' ? 'everything' : 'filtered';
}

/** The calls of the client that an argument is. */
function callsOf(client: Value | undefined, calls: readonly DownstreamCall[]): readonly DownstreamCall[] {
  const clients = possibilities(client ?? absent).filter((value): value is ClientValue => value.kind === 'client');
  return calls.filter((call) =>
    clients.some(
      (value) =>
        value.library === call.client.library &&
        value.site?.node === call.client.site?.node &&
        value.origin === call.client.origin,
    ),
  );
}

/** Which argument holds the options; where the operation stands there instead (`promiseRetry(options, fn)`), the other one. */
function optionsPlace(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  args: readonly Value[],
  position: number | readonly number[] | 'last' | undefined,
  operation: number | undefined,
): number | null {
  if (position === undefined) return null;
  if (position === 'last') return Math.max(0, node.arguments.length - 1);
  if (typeof position !== 'number') return position.find((index) => args[index]?.kind === 'object') ?? null;
  const there = args[position];
  if (operation === undefined || there?.kind !== 'function') return position;
  return operation;
}

/** The functions (or promises) that an argument stands for. */
function runsOfArgument(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number | null,
  evaluator: Evaluator,
  module: Module,
): readonly Run[] | null {
  const argument = index === null ? undefined : node.arguments[index];
  if (!argument || argument.type === 'SpreadElement') return index === null ? null : [];
  return runsOfExpression(argument, evaluator, module);
}

/** The functions that an expression stands for: itself, or what it names. */
export function runsOfExpression(argument: TSESTree.Node, evaluator: Evaluator, module: Module): readonly Run[] {
  const runs: Run[] = [];
  for (const value of possibilities(evaluator.evaluate(argument, module))) {
    if (value.kind === 'function') runs.push({ node: value.node, module: value.module });
  }
  if (runs.length > 0) return runs;
  const inner = resolveConst(argument, module);
  return [{ node: inner, module }];
}

/** `source$.pipe(retry(3))`: what is piped into it. */
function pipedInto(node: TSESTree.Node, module: Module): readonly Run[] {
  const pipe = node.parent;
  if (pipe?.type !== 'CallExpression' || pipe.callee.type !== 'MemberExpression' || memberName(pipe.callee) !== 'pipe')
    return [];
  return [{ node: pipe.callee.object, module }];
}

/** `policy.execute(operation)`: what the policy was made with stands where it was made. */
function runScope(
  evaluator: Evaluator,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  value: PolicyValue,
  module: Module,
): RetryScope | null {
  const retry = retryInside(value, 0);
  if (!retry?.policy.retry) return null;
  const args = retry.args;
  const site = retry.site ?? { node, module };
  const { options } = retry.policy;
  const configured = typeof options === 'number' ? (args[options] ?? absent) : absent;
  const judged =
    retry.site === null
      ? null
      : judgeBehaviour(evaluator, {
          library: retry.library,
          retry: retry.policy.retry,
          value: configured,
          site,
          head: calleeOf(node),
        });
  return {
    kind: 'library',
    module,
    node,
    head: { node: calleeOf(node) },
    name: retry.library.name,
    explicit: true,
    runs: runsOfArgument(node, value.policy.operation ?? 0, evaluator, module) ?? [],
    attempts: judged?.attempts ?? null,
    limit: judged ? 'limited' : 'unknown',
    limitSite: null,
    waits: judged?.waits.map((wait) => ({ ...wait, growth: 'unknown', jitter: 'unknown' }) as const) ?? [],
    waitsUnknown: true,
    selectivity: noWait,
    methods: null,
    loop: null,
    options: null,
    elsewhere: true,
  };
}

/** The retry that a policy is, or that is wrapped in it. */
function retryInside(value: PolicyValue, depth: number): PolicyValue | null {
  if (value.policy.kind === 'retry') return value;
  if (value.policy.kind !== 'wrap' || depth > 4) return null;
  for (const argument of value.args) {
    for (const member of possibilities(argument)) {
      const found = member.kind === 'policy' ? retryInside(member, depth + 1) : null;
      if (found) return found;
    }
  }
  return null;
}

/** A call of a function that a policy made of a client's: `const request = fetchRetry(fetch, options)`. */
export function madeCallScope(evaluator: Evaluator, call: DownstreamCall, module: Module): RetryScope | null {
  if (call.node.type === 'TaggedTemplateExpression') return null;
  for (const value of possibilities(evaluator.callee(calleeOf(call.node), module))) {
    if (value.kind !== 'policy' || value.policy.kind !== 'retry' || value.policy.makes !== 'function' || !value.built)
      continue;
    const scope = runScope(evaluator, call.node, value, module);
    if (scope) return { ...scope, runs: [{ node: call.node, module }] };
  }
  return null;
}

/** Whether options say something about retries, and where. */
function stated(evaluator: Evaluator, value: Value, { options }: Retry): boolean {
  const roots = new Set(
    [
      options?.attempts?.option,
      options?.delay?.option,
      options?.shape?.option,
      options?.forever,
      options?.delayFunction,
      options?.factor,
    ]
      .filter((path) => path !== undefined)
      .map((path) => path.split('.')[0] ?? ''),
  );
  return [...roots].some((root) => {
    const member = evaluator.property(value, root, null);
    return possibilities(member).some(
      ({ kind }) => kind === 'literal' || kind === 'object' || kind === 'function' || kind === 'array',
    );
  });
}

/** The number of attempts is written, and is more than one; or other options of the retry are. */
const bareRoot = (retry: Retry): string | null => {
  const { attempts } = retry.options ?? {};
  return attempts?.bare === true ? (attempts.option.split('.')[0] ?? null) : null;
};

/** A client whose construction says how it retries. */
export function constructionScope(
  evaluator: Evaluator,
  node: CallNode,
  client: ClientValue,
  module: Module,
): RetryScope | null {
  const { retry } = client.type;
  if (!retry || node.type === 'TaggedTemplateExpression' || retry.where === 'call' || retry.where === 'chain') {
    return retry?.below !== undefined && node.type !== 'TaggedTemplateExpression'
      ? belowScope(evaluator, node, client, retry, module)
      : null;
  }
  const config = client.configs[0] ?? absent;
  const always = client.type.types.includes('RetryAgent');
  if (!always && !stated(evaluator, config, retry)) return null;
  return clientScope(evaluator, node, client, retry, config, client.configIndex, module);
}

/** Options of calls that stand in the client's configuration: `defaultJobOptions`. */
function belowScope(
  evaluator: Evaluator,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  client: ClientValue,
  retry: Retry,
  module: Module,
): RetryScope | null {
  const below = memberAt(evaluator, client.configs[0] ?? absent, retry.below ?? '');
  if (!stated(evaluator, below, retry)) return null;
  return clientScope(evaluator, node, client, retry, below, null, module);
}

/** A call whose options say how it is retried. */
export function callScope(evaluator: Evaluator, call: DownstreamCall, module: Module): RetryScope | null {
  const { retry } = call.type;
  if (!retry || call.node.type === 'TaggedTemplateExpression') return null;
  if (call.operation.reruns) return null;
  if (retry.where === 'chain') return chainScope(evaluator, call, retry, module);
  if (retry.where !== 'call' && retry.where !== 'both') return null;
  const options = optionsOf(evaluator, call);
  if (!stated(evaluator, options, retry)) return null;
  return clientScope(evaluator, call.node, call.client, retry, options, optionsIndex(evaluator, call), module, call);
}

/** `request.get(url).retry(3)` */
function chainScope(evaluator: Evaluator, call: DownstreamCall, retry: Retry, module: Module): RetryScope | null {
  const name = retry.options?.attempts?.option;
  for (let link = linkAfter(call.node); link; link = linkAfter(link)) {
    const member = link.callee as TSESTree.MemberExpression;
    if (memberName(member) !== name) continue;
    const value = evaluator.arguments(link.arguments, module, noEnv)[0] ?? { kind: 'literal', value: 1, site: null };
    const judged = judgeBehaviour(evaluator, {
      library: call.library,
      retry,
      value,
      site: { node: link, module },
      head: member.property,
    });
    return clientBase(call.client, link, member.property, judged, [{ node: call.node, module }], module);
  }
  return null;
}

/** The call of a member of what a call gives: `request.get(url).retry(3)`. */
function linkAfter(node: TSESTree.Node): TSESTree.CallExpression | null {
  const member = node.parent;
  const call = member?.type === 'MemberExpression' && member.object === node ? member.parent : null;
  return call?.type === 'CallExpression' && call.callee === member ? call : null;
}

function clientScope(
  evaluator: Evaluator,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  client: ClientValue,
  retry: Retry,
  value: Value,
  index: number | null,
  module: Module,
  call: DownstreamCall | null = null,
): RetryScope | null {
  const root = bareRoot(retry);
  const bare = root === null ? absent : evaluator.property(value, root, null);
  // A number where it belongs is not in the place of anything.
  const isBare =
    retry.options?.attempts?.option !== root && possibilities(bare).some((member) => member.kind === 'literal');
  const configured = isBare ? bare : value;
  const head = calleeOf(node);
  const judged = judgeBehaviour(evaluator, {
    library: client.library,
    retry,
    value: configured,
    site: { node, module },
    head,
  });
  if (judged.attempts === 1) return null;
  // What is sent once whatever the options say.
  const method = call?.operation.method ?? call?.name.toUpperCase();
  if (
    call &&
    method !== undefined &&
    judged.methods &&
    /^[A-Z]{3,}$/.test(method) &&
    !judged.methods.includes(method) &&
    isVerb(method)
  )
    return null;
  const optionSite = root === null ? null : siteOf(value, root);
  const report = isBare && optionSite?.module === module ? optionSite.node : null;
  return {
    ...clientBase(
      client,
      node,
      head,
      judged, // What is delivered again is run by others.
      call && retry.below === undefined ? [{ node: call.node, module }] : [],
      module,
    ),
    // A connection that a client opens again by itself has no attempts to count.
    ...(judged.limit === 'unbounded' && judged.limitSite === null && { limit: 'limited' as const }),
    ...(report && { waits: judged.waits.map((wait) => (wait.report === head ? { ...wait, report } : wait)) }),
    options: index === null ? null : { library: client.library, retry, call: node, index, value, policy: null },
  };
}

const isVerb = (name: string): boolean => /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|QUERY)$/.test(name);

function clientBase(
  client: ClientValue,
  node: TSESTree.Node,
  head: TSESTree.Node,
  judged: ReturnType<typeof judgeBehaviour>,
  runs: readonly Run[],
  module: Module,
): RetryScope {
  return {
    kind: 'client',
    module,
    node,
    head: { node: head },
    name: client.library.name,
    explicit: true,
    runs,
    ...judged,
    loop: null,
    options: null,
  };
}

/** A driver's own runner of transactions: `session.withTransaction(work)`. */
export function rerunScope(evaluator: Evaluator, call: DownstreamCall, module: Module): RetryScope | null {
  const { reruns } = call.operation;
  if (!reruns || call.node.type !== 'CallExpression') return null;
  const argument = argumentNodes(call)[reruns.argument];
  if (!argument || argument.type === 'SpreadElement') return null;
  return {
    kind: 'client',
    module,
    node: call.node,
    head: { node: calleeOf(call.node) },
    name: call.library.name,
    explicit: true,
    runs: runsOfExpression(argument, evaluator, module),
    attempts: null,
    limit: 'unknown',
    limitSite: null,
    waits: [],
    waitsUnknown: true,
    selectivity: noWait,
    methods: null,
    loop: null,
    options: null,
    elsewhere: true,
    transaction: call.library,
  };
}

/** A client that tries again and that a call goes through: `fetch(url, { dispatcher: new RetryAgent(agent) })`. */
function carrierOf(evaluator: Evaluator, call: DownstreamCall, env: Env): ClientValue | null {
  const { retry, through } = call.type;
  if (retry || through === undefined) return null;
  const value = evaluator.property(optionsOf(evaluator, call, env), through, null);
  return (
    possibilities(value).find(
      (member): member is ClientValue => member.kind === 'client' && member.type.retry !== undefined,
    ) ?? null
  );
}

/** What a client does by default when nobody says anything: its attempts in all, and its longest waits together, ms. */
export function implicitRetry(
  evaluator: Evaluator,
  call: DownstreamCall,
  env: Env = noEnv,
): {
  readonly attempts: number | null;
  readonly waits: readonly number[];
  readonly explicit: boolean;
  readonly methods: readonly string[] | null;
} | null {
  const carrier = carrierOf(evaluator, call, env);
  const retry = call.type.retry ?? carrier?.type.retry;
  if (!retry || retry.where === 'chain' || retry.below !== undefined) return null;
  const layers = carrier
    ? carrier.configs
    : [
        retry.where === 'construction' ? absent : optionsOf(evaluator, call, env),
        ...(retry.where === 'call' ? [] : call.client.configs),
      ];
  const value =
    layers.find((layer) => stated(evaluator, layer, retry)) ??
    layers.find((layer) => layer.kind !== 'absent') ??
    absent;
  const root = bareRoot(retry);
  const bare = root === null ? absent : evaluator.property(value, root, null);
  const configured =
    retry.options?.attempts?.option !== root && possibilities(bare).some((member) => member.kind === 'literal')
      ? bare
      : value;
  const judged = judgeBehaviour(evaluator, {
    library: call.library,
    retry,
    value: configured,
    site: { node: call.node, module: call.module },
    head: call.node,
  });
  if (judged.attempts === 1) return null;
  const method = call.operation.method ?? (isVerb(call.name.toUpperCase()) ? call.name.toUpperCase() : null);
  if (method !== null && judged.methods && !judged.methods.includes(method)) return null;
  const unknownClient = !carrier && call.client.origin === 'injected' && retry.where !== 'call';
  return {
    attempts: judged.limit === 'limited' && !unknownClient ? judged.attempts : null,
    waits: judged.waits[0]?.samples ?? [],
    explicit: carrier !== null || layers.some((layer) => stated(evaluator, layer, retry)),
    methods: judged.methods,
  };
}

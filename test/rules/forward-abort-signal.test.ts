/** `forward-abort-signal`: signals that a function receives and drops, and calls that are right not to get one. */
import assert from 'node:assert/strict';
import rule, { type Options } from '../../rules/forward-abort-signal.js';
import { type InvalidCase, ruleTester, type ValidCase } from '../support/rule-tester.js';

type MessageId = keyof typeof rule.meta.messages;
type Invalid = InvalidCase<Options, MessageId>;
type Valid = ValidCase<Options>;
type More = Partial<Omit<Invalid, 'name' | 'code' | 'output'>>;

/** A library that this repository does not install: known by its import. */
const notInstalled = { allowUnresolved: true };

/** `code` with one text put in the place of another, which must stand there exactly once. */
function edited(code: string, [from, to]: readonly [string, string]): string {
  assert.equal(code.split(from).length, 2, `"${from}" stands once in the code`);
  return code.replace(from, () => to);
}

/** A signal that is dropped at `on`, and the fix that passes it. */
function fixed(name: string, code: string, on: string, edit: readonly [string, string], more: More = {}): Invalid {
  return { name, code, errors: [{ messageId: 'notForwarded', on }], output: edited(code, edit), ...more };
}

/** A case with one report and no change. */
function reported(messageId: MessageId, name: string, code: string, on: string, more: More = {}): Invalid {
  return { name, code, errors: [{ messageId, on, suggestions: [] }], output: null, ...more };
}

/** A case with one report, and the change as a suggestion. */
function suggested(
  messageId: MessageId,
  name: string,
  code: string,
  on: string,
  edit: readonly [string, string],
  more: More = {},
): Invalid {
  const suggestions = [{ messageId: 'forward' as const, output: edited(code, edit) }];
  return { name, code, errors: [{ messageId, on, suggestions }], ...more };
}

/** Where the signal comes from. */
const sources: Invalid[] = [
  fixed(
    'a parameter whose type is looked up in another',
    `interface Options {
  signal?: AbortSignal;
}
export async function load(url: string, signal: Options['signal']) {
  if (signal?.aborted) return null;
  return fetch(url);
}
`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal })'],
  ),
  fixed(
    'a parameter',
    `export const load = (url: string, signal: AbortSignal) => fetch(url);\n`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal })'],
    { errors: [{ messageId: 'notForwarded', on: 'fetch', message: 'does not hand it to fetch' }] },
  ),
  fixed(
    'a parameter of another name',
    `export const load = (url: string, cancelled: AbortSignal) => fetch(url, { method: 'HEAD' });\n`,
    'fetch',
    ["'HEAD' }", "'HEAD', signal: cancelled }"],
  ),
  fixed('an optional parameter', `export const load = (url: string, signal?: AbortSignal) => fetch(url);\n`, 'fetch', [
    'fetch(url)',
    'fetch(url, { signal })',
  ]),
  fixed(
    'a member of an options parameter',
    `export interface LoadOptions {
  signal?: AbortSignal;
}
export const load = (url: string, options: LoadOptions) => fetch(url);
`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal: options.signal })'],
  ),
  fixed(
    'a member of options with a default',
    `export const load = (url: string, options: { signal?: AbortSignal } = {}) => fetch(url);\n`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal: options?.signal })'],
  ),
  fixed(
    'destructured options',
    `export const load = (url: string, { signal, depth }: { signal?: AbortSignal; depth: number }) =>
  fetch(url + depth);
`,
    'fetch',
    ['fetch(url + depth)', 'fetch(url + depth, { signal })'],
  ),
  fixed(
    'destructured under another name',
    `export const load = (url: string, { signal: stop }: { signal: AbortSignal }) => fetch(url);\n`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal: stop })'],
  ),
  reported(
    'notForwarded',
    'destructured without the signal that the type offers: no name leads to it',
    `export const load = ({ url }: { url: string; signal: AbortSignal }) => fetch(url);\n`,
    'fetch',
  ),
  fixed(
    'the rest of destructured options',
    `export const load = ({ url, ...rest }: { url: string; signal?: AbortSignal }) => fetch(url);\n`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal: rest.signal })'],
  ),
  fixed(
    'options of an indexed access type',
    `interface Api {
  load: { options: { signal: AbortSignal } };
}
export const load = (url: string, options: Api['load']['options']) => fetch(url);
`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal: options.signal })'],
    { typed: 'typed-only' },
  ),
  fixed(
    'options whose type another file declares',
    `import type { LoadOptions } from './options.js';
export const load = (url: string, options: LoadOptions) => fetch(url);
`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal: options.signal })'],
    { files: { 'options.ts': `export interface LoadOptions {\n  signal?: AbortSignal;\n}\n` } },
  ),
  fixed(
    'a function type that gives the parameter its type',
    `export const load: (url: string, signal: AbortSignal) => Promise<Response> = (url, signal) => fetch(url);\n`,
    'fetch',
    ['fetch(url);', 'fetch(url, { signal });'],
    { typed: 'typed-only' },
  ),
  fixed(
    'this.signal',
    `export class Task {
  constructor(private readonly signal: AbortSignal) {}
  load(url: string): Promise<Response> {
    return fetch(url);
  }
}
`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal: this.signal })'],
  ),
  fixed(
    'JavaScript: a parameter that is asked whether it is aborted',
    `export async function poll(url, signal) {
  while (!signal.aborted) await fetch(url);
}
`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal })'],
    { filename: 'case.js' },
  ),
  fixed(
    'JavaScript: a parameter that is merged into a signal where it is there',
    `export async function upload(url, body, { signal } = {}) {
  const ticket = await fetch(url + '/ticket');
  const limit = AbortSignal.any([AbortSignal.timeout(9000), ...(signal ? [signal] : [])]);
  return fetch(await ticket.text(), { method: 'PUT', body, signal: limit });
}
`,
    'fetch',
    ["fetch(url + '/ticket')", "fetch(url + '/ticket', { signal })"],
    { filename: 'case.js' },
  ),
  fixed(
    'the context of a query function',
    `interface QueryFunctionContext {
  queryKey: readonly string[];
  signal: AbortSignal;
}
export const rates = {
  queryKey: ['rates'],
  queryFn: async ({ signal }: QueryFunctionContext) => (await fetch('https://rates.test')).json(),
};
`,
    'fetch',
    ["fetch('https://rates.test')", "fetch('https://rates.test', { signal })"],
  ),
  fixed(
    'what a policy hands to its operation',
    `import { handleAll, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
const policy = wrap(retry(handleAll, { maxAttempts: 2 }), timeout(3000, TimeoutStrategy.Cooperative));
export const load = (url: string) =>
  policy.execute(async ({ signal }) => {
    signal.throwIfAborted();
    return fetch(url);
  });
`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal })'],
  ),
  fixed(
    'a request into a read',
    `export async function GET(request: Request): Promise<Response> {
  const answer = await fetch('https://feed.test?from=' + request.url);
  return Response.json(await answer.json());
}
`,
    'fetch',
    ['request.url)', 'request.url, { signal: request.signal })'],
  ),
  fixed(
    'the context of a route of Hono',
    `import { Hono } from 'hono';
const app = new Hono();
app.get('/', async (c) => c.json(await (await fetch('https://feed.test')).json()));
export default app;
`,
    'fetch',
    ["fetch('https://feed.test')", "fetch('https://feed.test', { signal: c.req.raw.signal })"],
    notInstalled,
  ),
  fixed(
    'a function that runs within the one that receives it',
    `export const all = (urls: readonly string[], signal: AbortSignal) => Promise.all(urls.map((url) => fetch(url)));\n`,
    'fetch',
    ['fetch(url)', 'fetch(url, { signal })'],
  ),
];

/** What the call already has, and how its client takes a signal. */
const calls: Invalid[] = [
  fixed(
    'merged with the limit that is there',
    `export const load = (url: string, signal: AbortSignal) => fetch(url, { signal: AbortSignal.timeout(5000) });\n`,
    'fetch',
    ['signal: AbortSignal.timeout(5000)', 'signal: AbortSignal.any([signal, AbortSignal.timeout(5000)])'],
  ),
  fixed(
    'merged with the limit that is there, where the signal may be missing',
    `export const load = (url: string, stop?: AbortSignal) => fetch(url, { signal: AbortSignal.timeout(5000) });\n`,
    'fetch',
    [
      'signal: AbortSignal.timeout(5000)',
      'signal: AbortSignal.any([AbortSignal.timeout(5000), ...(stop ? [stop] : [])])',
    ],
  ),
  fixed(
    'merged with a limit in a variable of the same name',
    `export function load(url: string, stop: AbortSignal): Promise<Response> {
  const signal = AbortSignal.timeout(5000);
  return fetch(url, { signal });
}
`,
    'fetch',
    ['{ signal }', '{ signal: AbortSignal.any([stop, signal]) }'],
  ),
  fixed(
    'merged with a controller that only a timer aborts',
    `export async function load(url: string, stop: AbortSignal): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 5000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    return await response.text();
  } finally {
    clearTimeout(timer);
  }
}
`,
    'fetch',
    ['{ signal: controller.signal }', '{ signal: AbortSignal.any([stop, controller.signal]) }'],
  ),
  fixed(
    'options in a constant',
    `const init = { keepalive: true };
export const load = (url: string, signal: AbortSignal) => fetch(url, init);
`,
    'fetch',
    ['fetch(url, init)', 'fetch(url, { ...init, signal })'],
  ),
  fixed(
    'axios, a verb with a body',
    `import axios from 'axios';
export const save = (url: string, body: object, signal: AbortSignal) => axios.put(url, body, { timeout: 5000 });
`,
    'axios.put',
    ['timeout: 5000 }', 'timeout: 5000, signal }'],
  ),
  fixed(
    'axios, an instance',
    `import axios from 'axios';
const http = axios.create({ timeout: 5000 });
export const load = (url: string, signal: AbortSignal) => http.get(url);
`,
    'http.get',
    ['http.get(url)', 'http.get(url, { signal })'],
  ),
  fixed(
    'an injected client',
    `import type { AxiosInstance } from 'axios';
export const load = (http: AxiosInstance, url: string, signal: AbortSignal) => http.get(url);
`,
    'http.get',
    ['http.get(url)', 'http.get(url, { signal })'],
  ),
  fixed(
    'node:http, with a callback behind the options',
    `import https from 'node:https';
export const load = (url: string, signal: AbortSignal, done: () => void) => https.get(url, done);
`,
    'https.get',
    ['(url, done)', '(url, { signal }, done)'],
  ),
  fixed(
    'got',
    `import got from 'got';
export const load = (url: string, signal: AbortSignal) => got(url, { timeout: { request: 2000 } });
`,
    'got',
    ['{ request: 2000 } }', '{ request: 2000 }, signal }'],
    notInstalled,
  ),
  fixed(
    'the AWS SDK calls it abortSignal',
    `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const load = (Key: string, signal: AbortSignal) => s3.send(new GetObjectCommand({ Bucket: 'b', Key }));
`,
    's3.send',
    ['Key }))', 'Key }), { abortSignal: signal })'],
    notInstalled,
  ),
  fixed(
    'a write gets a parameter of the function too: whoever gives it wants it',
    `export const save = (url: string, body: string, signal: AbortSignal) => fetch(url, { method: 'POST', body });\n`,
    'fetch',
    ["'POST', body }", "'POST', body, signal }"],
  ),
  {
    name: 'each call that drops it',
    code: `export async function copy(from: string, to: string, signal: AbortSignal): Promise<void> {
  const source = await fetch(from, { signal });
  const { url } = await fetch(to, { method: 'HEAD' });
  await fetch(url, { method: 'PUT', body: await source.text() });
}
`,
    errors: [
      { messageId: 'notForwarded', on: 'fetch', line: 3 },
      { messageId: 'notForwarded', on: 'fetch', line: 4 },
    ],
    output: `export async function copy(from: string, to: string, signal: AbortSignal): Promise<void> {
  const source = await fetch(from, { signal });
  const { url } = await fetch(to, { method: 'HEAD', signal });
  await fetch(url, { method: 'PUT', body: await source.text(), signal });
}
`,
  },
  suggested(
    'notForwarded',
    'Node 18 has no AbortSignal.any to merge with',
    `export const load = (url: string, signal: AbortSignal) => fetch(url, { signal: AbortSignal.timeout(5000) });\n`,
    'fetch',
    ['signal: AbortSignal.timeout(5000)', 'signal: AbortSignal.any([signal, AbortSignal.timeout(5000)])'],
    { files: { 'package.json': '{ "type": "module", "engines": { "node": ">=18" } }' } },
  ),
  suggested(
    'notForwarded',
    "fix: 'suggest' offers the change",
    `export const remove = (url: string, signal: AbortSignal) => fetch(url, { method: 'DELETE' });\n`,
    'fetch',
    ["'DELETE' }", "'DELETE', signal }"],
    { settings: { fix: 'suggest' } },
  ),
  reported(
    'notForwarded',
    "fix: 'off' offers none",
    `export const remove = (url: string, signal: AbortSignal) => fetch(url, { method: 'DELETE' });\n`,
    'fetch',
    { settings: { fix: 'off' } },
  ),
];

/** Functions between, which accept a signal. */
const through: Invalid[] = [
  {
    name: 'a function of this file',
    code: `const load = (url: string, signal?: AbortSignal) => fetch(url, { signal });
export async function report(url: string, signal: AbortSignal): Promise<string> {
  return (await load(url)).text();
}
`,
    errors: [
      {
        messageId: 'notForwardedThrough',
        on: 'load',
        line: 3,
        message: 'hand it to `load`, which would pass it to fetch',
      },
    ],
    output: `const load = (url: string, signal?: AbortSignal) => fetch(url, { signal });
export async function report(url: string, signal: AbortSignal): Promise<string> {
  return (await load(url, signal)).text();
}
`,
  },
  {
    name: 'a function of another file, with options',
    code: `import { load } from './api.js';
export async function report(url: string, { signal }: { signal?: AbortSignal }): Promise<string> {
  return (await load(url, { page: 1 })).text();
}
`,
    files: {
      'api.ts': `export interface LoadOptions {
  page: number;
  signal?: AbortSignal;
}
export const load = (url: string, options: LoadOptions) => fetch(url + options.page, { signal: options.signal });
`,
    },
    errors: [{ messageId: 'notForwardedThrough', on: 'load', line: 3, message: '`load`' }],
    output: `import { load } from './api.js';
export async function report(url: string, { signal }: { signal?: AbortSignal }): Promise<string> {
  return (await load(url, { page: 1, signal })).text();
}
`,
  },
  {
    name: 'a method, with the argument between left out',
    code: `class Api {
  load(url: string, depth = 1, stop?: AbortSignal): Promise<Response> {
    return fetch(url + depth, { signal: stop });
  }
}
const api = new Api();
export const report = (url: string, signal: AbortSignal) => api.load(url);
`,
    errors: [{ messageId: 'notForwardedThrough', on: 'api.load', message: '`Api.load`' }],
    output: `class Api {
  load(url: string, depth = 1, stop?: AbortSignal): Promise<Response> {
    return fetch(url + depth, { signal: stop });
  }
}
const api = new Api();
export const report = (url: string, signal: AbortSignal) => api.load(url, undefined, signal);
`,
  },
];

/** What only the strict preset says. */
const strict: Invalid[] = [
  suggested(
    'requestSignalIntoWrite',
    'a request’s signal into a write: a write that stops midway may be worse',
    `export async function POST(request: Request): Promise<Response> {
  return fetch('https://orders.test', { method: 'POST', body: await request.text() });
}
`,
    'fetch',
    ['request.text() }', 'request.text(), signal: request.signal }'],
    { options: { requestSignals: true } },
  ),
  reported(
    'unknown',
    'options that another function makes',
    `import { optionsFor } from './options.js';
export const load = (url: string, signal: AbortSignal) => fetch(url, optionsFor(signal));
`,
    'fetch',
    {
      options: { reportUnknown: true },
      files: { 'options.ts': `export declare function optionsFor(signal: AbortSignal): RequestInit;\n` },
    },
  ),
];

/** A museum of false positives: each looks like a signal that is dropped, and is none. */
const right: Valid[] = [
  {
    name: 'passed on',
    code: `export const load = (url: string, signal: AbortSignal) => fetch(url, { signal });\n`,
  },
  {
    name: 'passed on with a limit',
    code: `export const load = (url: string, signal: AbortSignal) =>
  fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
`,
  },
  {
    name: 'passed on where there is one',
    code: `export const load = (url: string, signal?: AbortSignal) =>
  fetch(url, { signal: AbortSignal.any([AbortSignal.timeout(5000), ...(signal ? [signal] : [])]) });
`,
  },
  {
    name: 'a default in the place of the one that is missing',
    code: `export const load = (url: string, signal?: AbortSignal) =>
  fetch(url, { signal: signal ?? AbortSignal.timeout(5000) });
`,
  },
  {
    name: 'passed on in options that are spread',
    code: `export const load = (url: string, init: RequestInit) => fetch(url, { ...init, method: 'GET' });\n`,
  },
  {
    name: 'passed on whole',
    code: `export const load = (url: string, init?: RequestInit) => fetch(url, init);\n`,
  },
  {
    name: 'passed on in the rest',
    code: `export const load = ({ url, ...init }: RequestInit & { url: string }) => fetch(url, init);\n`,
  },
  {
    name: 'passed on in a variable',
    code: `export function load(url: string, signal: AbortSignal): Promise<Response> {
  const init: RequestInit = { method: 'GET' };
  init.signal = signal;
  return fetch(url, init);
}
`,
  },
  {
    name: 'passed on by a helper whose options are not visible',
    code: `import type { Options } from './options.js';
export const load = (url: string, signal: AbortSignal, build: (signal: AbortSignal) => Options) =>
  fetch(url, build(signal));
`,
    files: { 'options.ts': `export type Options = RequestInit;\n` },
  },
  {
    name: 'a controller that follows the signal',
    code: `export async function load(url: string, signal: AbortSignal): Promise<string> {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort(signal.reason));
  return (await fetch(url, { signal: controller.signal })).text();
}
`,
  },
  {
    name: 'explicitly none: somebody’s decision',
    code: `export const audit = (url: string, signal: AbortSignal) => fetch(url, { method: 'POST', signal: null });\n`,
  },
  {
    name: 'explicitly undefined',
    code: `import axios from 'axios';
export const audit = (url: string, signal: AbortSignal) => axios.post(url, {}, { timeout: 5000, signal: undefined });
`,
  },
  {
    name: 'in finally: what was begun is ended, whoever gave up',
    code: `export async function work(url: string, signal: AbortSignal): Promise<void> {
  try {
    await fetch(url, { signal });
  } finally {
    await fetch(url + '/lock', { method: 'DELETE' });
  }
}
`,
  },
  {
    name: 'in catch: a failure is told, whoever gave up',
    code: `export async function work(url: string, signal: AbortSignal): Promise<void> {
  try {
    await fetch(url, { signal });
  } catch (error) {
    await fetch(url + '/failures', { method: 'POST', body: String(error) });
    throw error;
  }
}
`,
  },
  {
    name: 'in .catch()',
    code: `export const work = (url: string, signal: AbortSignal) =>
  fetch(url, { signal }).catch((error: unknown) => fetch(url + '/failures', { body: String(error) }));
`,
  },
  {
    name: 'in .finally()',
    code: `export const work = (url: string, signal: AbortSignal) =>
  fetch(url, { signal }).finally(() => fetch(url + '/lock', { method: 'DELETE' }));
`,
  },
  {
    name: 'a rollback of what was done',
    code: `export async function store(urls: readonly string[], signal: AbortSignal): Promise<void> {
  const done: string[] = [];
  try {
    for (const url of urls) {
      await fetch(url, { method: 'PUT', signal });
      done.push(url);
    }
  } catch (error) {
    await Promise.allSettled(done.map((url) => fetch(url, { method: 'DELETE' })));
    throw error;
  }
}
`,
  },
  {
    name: 'nobody waits for it, and its failure is told',
    code: `export async function work(url: string, signal: AbortSignal): Promise<Response> {
  fetch(url + '/metrics', { method: 'POST' }).catch(console.error);
  return fetch(url, { signal });
}
`,
  },
  {
    name: 'nobody waits for it, and says so',
    code: `export async function work(url: string, signal: AbortSignal): Promise<Response> {
  void fetch(url + '/metrics', { method: 'POST' });
  return fetch(url, { signal });
}
`,
  },
  {
    name: 'goes on after the answer: waitUntil',
    code: `interface Background {
  waitUntil(work: Promise<unknown>): void;
}
export async function GET(request: Request, background: Background): Promise<Response> {
  background.waitUntil(fetch('https://feed.test/refresh'));
  return new Response(request.method);
}
`,
  },
  {
    name: 'goes on after the answer: after',
    code: `declare function after(work: () => Promise<unknown>): void;
export async function GET(request: Request): Promise<Response> {
  after(() => fetch('https://feed.test/seen'));
  return new Response(request.method);
}
`,
  },
  {
    name: 'on a timer: the function is long done',
    code: `export function watch(url: string, signal: AbortSignal): void {
  const timer = setInterval(() => fetch(url), 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
}
`,
  },
  {
    name: 'in a function that is returned: it has callers of its own',
    code: `export function connect(signal: AbortSignal): (url: string) => Promise<Response> {
  signal.throwIfAborted();
  return (url) => fetch(url);
}
`,
  },
  {
    name: 'a request’s signal into a write is for the strict preset',
    code: `export async function POST(request: Request): Promise<Response> {
  return fetch('https://orders.test', { method: 'POST', body: await request.text() });
}
`,
  },
  {
    name: 'a request’s signal into a PATCH, whose effect is unknown',
    code: `export async function PATCH(request: Request): Promise<Response> {
  return fetch('https://orders.test', { method: 'PATCH', body: await request.text() });
}
`,
  },
  {
    name: 'the signal of a process is not one of AbortSignal',
    code: `export const stop = (signal: NodeJS.Signals) => fetch('https://a.test/' + signal);
process.on('SIGTERM', (signal) => fetch('https://a.test/' + signal));
`,
  },
  {
    name: 'a string that is called signal',
    code: `export const send = (url: string, signal: string) => fetch(url, { method: 'POST', body: signal });\n`,
  },
  {
    name: 'a reactive signal',
    code: `interface Signal<T> {
  value: T;
}
export const load = (signal: Signal<string>) => fetch(signal.value);
`,
  },
  {
    name: 'a type that is called AbortSignal and is this project’s own',
    code: `interface AbortSignal {
  reason: string;
}
export const load = (url: string, signal: AbortSignal) => fetch(url + signal.reason);
`,
  },
  {
    name: 'a client that takes no signal',
    code: `import type { Pool } from 'pg';
export const load = (pool: Pool, signal: AbortSignal) => {
  signal.throwIfAborted();
  return pool.query('select 1');
};
`,
  },
  {
    name: 'the outgoing side of a server’s own signal',
    code: `import http from 'node:http';
export const serve = (signal: AbortSignal) => http.createServer().listen({ port: 80, signal });
`,
  },
  {
    name: 'a local function that is called fetch',
    code: `const fetch = (url: string): string => url.trim();
export const load = (url: string, signal: AbortSignal) => (signal.aborted ? '' : fetch(url));
`,
  },
  {
    name: 'a function between that gets it',
    code: `const load = (url: string, signal?: AbortSignal) => fetch(url, { signal });
export const report = async (url: string, signal: AbortSignal) => (await load(url, signal)).text();
`,
  },
  {
    name: 'a function between that gets it in its options',
    code: `const load = (url: string, options: { signal?: AbortSignal }) => fetch(url, { signal: options.signal });
export const report = async (url: string, options: { signal: AbortSignal }) => (await load(url, options)).text();
`,
  },
  {
    name: 'a function between that accepts a signal and reaches no network',
    code: `const wait = (ms: number, signal?: AbortSignal) => (signal?.aborted ? 0 : ms);
export const load = (url: string, signal: AbortSignal) => fetch(url + wait(1), { signal });
`,
  },
  {
    name: 'a function between whose arguments are a list, which may hold it',
    code: `const load = (url: string, signal?: AbortSignal) => fetch(url, { signal });
export const report = (args: [string, AbortSignal?], signal: AbortSignal) =>
  signal.aborted ? null : load(...args);
`,
  },
  {
    name: 'another signal that the caller gives on purpose',
    code: `export const load = (url: string, signal: AbortSignal, read: AbortSignal) =>
  signal.aborted ? null : fetch(url, { signal: read });
`,
  },
  {
    name: 'a function that receives none',
    code: `export const load = (url: string) => fetch(url);\n`,
  },
  {
    name: 'a generated file is not touched',
    code: `/** @generated by the API's generator */
export const load = (url: string, signal: AbortSignal) => fetch(url);
`,
  },
];

ruleTester(rule).run({
  valid: right,
  invalid: [...sources, ...calls, ...through, ...strict],
});

/** `no-ineffective-timeout`: attempts at a bound that end nothing, and what looks like one of them and is right. */
import assert from 'node:assert/strict';
import rule, { type Options } from '../../rules/no-ineffective-timeout.js';
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

/** A case with one report, on `on`, and one fix. */
function fixed(
  messageId: MessageId,
  name: string,
  code: string,
  on: string,
  edit: readonly [string, string],
  more: More = {},
): Invalid {
  return { name, code, errors: [{ messageId, on }], output: edited(code, edit), ...more };
}

/** The same, with the change offered as a suggestion. */
function suggested(
  messageId: MessageId,
  name: string,
  code: string,
  on: string,
  edit: readonly [string, string],
  more: More = {},
): Invalid {
  const suggestions = [{ messageId: 'mend' as const, output: edited(code, edit) }];
  return { name, code, errors: [{ messageId, on, suggestions }], ...more };
}

/** A case with one report and no change. */
function reported(messageId: MessageId, name: string, code: string, on: string, more: More = {}): Invalid {
  return { name, code, errors: [{ messageId, on, suggestions: [] }], output: null, ...more };
}

/** Options that are set to "no limit". */
const disabled: Invalid[] = [
  fixed(
    'disabled',
    'axios, a call with timeout: 0',
    `import axios from 'axios';\nexport const read = (url: string) => axios.get(url, { timeout: 0 });\n`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
    {
      errors: [
        {
          messageId: 'disabled',
          on: 'timeout: 0',
          message: 'switches the limit of axios off',
        },
      ],
    },
  ),
  fixed(
    'disabled',
    'axios, an instance with timeout: 0, once for all its calls',
    `import axios from 'axios';
const http = axios.create({ baseURL: 'https://stock.example.com', timeout: 0 });
export const read = (id: string) => http.get(id);
export const write = (id: string) => http.put(id, {});
`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
    { errors: [{ messageId: 'disabled', on: 'timeout: 0', message: 'stock.example.com' }] },
  ),
  fixed(
    'disabled',
    'a call that switches its client’s limit off',
    `import axios from 'axios';
const http = axios.create({ timeout: 2000 });
export const read = () => http.get('https://a.test', { timeout: 0 });
`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
  ),
  fixed(
    'disabled',
    'a constant that is 0',
    `import axios from 'axios';
const NO_LIMIT = 0;
export const read = (url: string) => axios.get(url, { timeout: NO_LIMIT });
`,
    'timeout: NO_LIMIT',
    ['timeout: NO_LIMIT', 'timeout: 5000'],
  ),
  fixed(
    'disabled',
    'a constant of another module',
    `import axios from 'axios';
import { limits } from './limits.js';
export const read = (url: string) => axios.get(url, { timeout: limits.read });
`,
    'timeout: limits.read',
    ['timeout: limits.read', 'timeout: 5000'],
    { files: { 'limits.ts': `export const limits = { read: 0, write: 1000 } as const;\n` } },
  ),
  fixed(
    'disabled',
    'a shorthand',
    `import axios from 'axios';
const timeout = 0;
export const read = (url: string) => axios.get(url, { timeout });
`,
    'timeout',
    ['{ timeout }', '{ timeout: 5000 }'],
  ),
  fixed(
    'disabled',
    'options in a constant: the option is where it is written',
    `import axios from 'axios';
const config = { timeout: 0 };
export const read = (url: string) => axios.get(url, config);
`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
  ),
  fixed(
    'disabled',
    'options in a constant of two calls: one report',
    `import axios from 'axios';
const config = { timeout: 0 };
export const read = (url: string) => axios.get(url, config);
export const remove = (url: string) => axios.delete(url, config);
`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
  ),
  fixed(
    'disabled',
    'fetch with signal: undefined',
    `export const read = (url: string) => fetch(url, { signal: undefined as never });\n`,
    'signal: undefined as never',
    ['undefined as never', 'AbortSignal.timeout(5000)'],
  ),
  fixed(
    'disabled',
    'fetch with signal: null',
    `export const read = (url: string) => fetch(url, { signal: null });\n`,
    'signal: null',
    ['null', 'AbortSignal.timeout(5000)'],
  ),
  fixed(
    'disabled',
    'a pool whose queries have no limit',
    `import { Pool } from 'pg';
export const pool = new Pool({ connectionTimeoutMillis: 2000, query_timeout: 0 });
`,
    'query_timeout: 0',
    ['query_timeout: 0', 'query_timeout: 5000'],
  ),
  fixed(
    'disabled',
    'ky, whose limit is switched off by false',
    `import ky from 'ky';\nexport const read = (url: string) => ky.get(url, { timeout: false });\n`,
    'timeout: false',
    ['timeout: false', 'timeout: 5000'],
  ),
  fixed(
    'disabled',
    'undici, headersTimeout: 0',
    `import { request } from 'undici';
export const read = (url: string) => request(url, { headersTimeout: 0, bodyTimeout: 5000 });
`,
    'headersTimeout: 0',
    ['headersTimeout: 0', 'headersTimeout: 5000'],
    notInstalled,
  ),
  fixed(
    'disabled',
    'got, an infinite limit',
    `import got from 'got';\nexport const read = (url: string) => got(url, { timeout: { request: Infinity } });\n`,
    'request: Infinity',
    ['request: Infinity', 'request: 5000'],
    { ...notInstalled, files: { 'node_modules/got/package.json': '{ "name": "got", "version": "16.1.0" }' } },
  ),
  fixed(
    'disabled',
    'a budget of the settings says the value',
    `import axios from 'axios';\nexport const read = () => axios.get('https://rates.example.com', { timeout: 0 });\n`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 800'],
    { settings: { budgets: [{ match: 'rates.example.com', timeoutMs: 800 }] } },
  ),
  fixed(
    'disabled',
    'timeoutMs of the settings is the value where no budget matches',
    `import axios from 'axios';\nexport const read = () => axios.get('https://a.test', { timeout: 0 });\n`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 3000'],
    { settings: { timeoutMs: 3000 } },
  ),
  {
    name: "fix: 'suggest' offers the change",
    code: `import axios from 'axios';\nexport const read = (url: string) => axios.put(url, {}, { timeout: 0 });\n`,
    settings: { fix: 'suggest' },
    errors: [
      {
        messageId: 'disabled',
        on: 'timeout: 0',
        suggestions: [
          {
            messageId: 'mend',
            data: { text: '5000' },
            output: `import axios from 'axios';\nexport const read = (url: string) => axios.put(url, {}, { timeout: 5000 });\n`,
          },
        ],
      },
    ],
  },
  reported(
    'disabled',
    "fix: 'off' offers none",
    `import axios from 'axios';\nexport const read = (url: string) => axios.head(url, { timeout: 0 });\n`,
    'timeout: 0',
    { settings: { fix: 'off' } },
  ),
  fixed(
    'disabled',
    'comments stay',
    `import axios from 'axios';
export const read = (url: string) =>
  axios.get(url, {
    // The service is slow.
    timeout: 0, // ms
  });
`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
  ),
  fixed(
    'disabled',
    'JavaScript, by require',
    `const axios = require('axios');\nexports.read = (url) => axios.get(url, { timeout: 0 });\n`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
    { filename: 'case.cjs' },
  ),
];

/** Options that the client does not read. */
const ignored: Invalid[] = [
  fixed(
    'ignored',
    'fetch has no timeout option',
    `export const read = (url: string) => fetch(url, { timeout: 3000 } as RequestInit);\n`,
    'timeout: 3000',
    ['timeout: 3000', 'signal: AbortSignal.timeout(3000)'],
    { errors: [{ messageId: 'ignored', on: 'timeout: 3000', message: 'fetch does nothing with `timeout`' }] },
  ),
  fixed(
    'ignored',
    'the value that is written stays the value',
    `const LIMIT = 1500;
export const read = (url: string) => fetch(url, { timeout: LIMIT } as RequestInit);
`,
    'timeout: LIMIT',
    ['timeout: LIMIT', 'signal: AbortSignal.timeout(1500)'],
  ),
  fixed(
    'ignored',
    'beside other options, in JavaScript',
    `export const write = (url, body) => fetch(url, { method: 'POST', body, timeout: 3000, keepalive: true });\n`,
    'timeout: 3000',
    ['timeout: 3000', 'signal: AbortSignal.timeout(3000)'],
    { filename: 'case.js' },
  ),
  fixed(
    'ignored',
    'http.request: the option only emits an event, and nobody listens',
    `import http from 'node:http';
export function ping(done: () => void): void {
  const request = http.request('http://a.test', { timeout: 2000 });
  request.on('response', done);
  request.end();
}
`,
    'timeout: 2000',
    ['timeout: 2000', 'signal: AbortSignal.timeout(2000)'],
  ),
  fixed(
    'ignored',
    'http.get with a listener that only logs',
    `import https from 'node:https';
export function ping(done: () => void): void {
  https.get('https://a.test', { timeout: 2000 }, done).on('timeout', () => console.warn('slow'));
}
`,
    'timeout: 2000',
    ['timeout: 2000', 'signal: AbortSignal.timeout(2000)'],
  ),
  {
    name: 'request.setTimeout without a listener: the call is where the fix goes',
    code: `import http from 'node:http';
export function ping(done: () => void): void {
  const request = http.request('http://a.test', { method: 'HEAD' });
  request.setTimeout(2000);
  request.on('response', done);
  request.end();
}
`,
    errors: [{ messageId: 'ignored', on: 'http.request', suggestions: [] }],
    output: null,
  },
  reported(
    'ignored',
    'options in another file: only the call is in sight',
    `import { init } from './init.js';\nexport const read = (url: string) => fetch(url, init);\n`,
    'fetch',
    { files: { 'init.ts': `export const init = { timeout: 1000 };\n` } },
  ),
];

/** Signals that nothing aborts in time. */
const signals: Invalid[] = [
  fixed(
    'neverAborted',
    'a controller that nobody aborts',
    `export async function read(url: string): Promise<string> {
  const controller = new AbortController();
  const response = await fetch(url, { signal: controller.signal });
  return response.text();
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(5000)]) }'],
  ),
  fixed(
    'neverAborted',
    'a controller that is made in place',
    `export const read = (url: string) => fetch(url, { signal: new AbortController().signal });\n`,
    'signal: new AbortController().signal',
    ['new AbortController().signal', 'AbortSignal.any([new AbortController().signal, AbortSignal.timeout(5000)])'],
  ),
  fixed(
    'neverAborted',
    'a signal that was taken out of its controller',
    `export async function read(url: string): Promise<string> {
  const { signal } = new AbortController();
  return (await fetch(url, { signal })).text();
}
`,
    'signal',
    ['{ signal }))', '{ signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) }))'],
    { errors: [{ messageId: 'neverAborted', on: 'signal', line: 3 }] },
  ),
  fixed(
    'neverAborted',
    'any of signals that nobody aborts',
    `export async function read(url: string): Promise<string> {
  const one = new AbortController();
  const other = new AbortController();
  const response = await fetch(url, { signal: AbortSignal.any([one.signal, other.signal]) });
  return response.text();
}
`,
    'signal: AbortSignal.any([one.signal, other.signal])',
    [
      'AbortSignal.any([one.signal, other.signal])',
      'AbortSignal.any([AbortSignal.any([one.signal, other.signal]), AbortSignal.timeout(5000)])',
    ],
  ),
  fixed(
    'neverAborted',
    'axios, a controller that nobody aborts',
    `import axios from 'axios';
export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  return axios.get(url, { signal: controller.signal });
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(5000)]) }'],
  ),
  fixed(
    'clearedEarly',
    'a timer that is cleared in finally, before the body',
    `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  let response: Response;
  try {
    response = await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
  return response.json();
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(3000)]) }'],
  ),
  fixed(
    'clearedEarly',
    'a timer that is cleared on the next line',
    `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  const response = await fetch(url, { signal: controller.signal });
  clearTimeout(timer);
  return response.json();
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(3000)]) }'],
  ),
  fixed(
    'clearedEarly',
    'a body that is returned without await leaves the try first',
    `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    return response.json();
  } finally {
    clearTimeout(timer);
  }
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(3000)]) }'],
  ),
  fixed(
    'clearedEarly',
    'an answer that is returned with its body unread',
    `export async function timedFetch(url: string): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(3000)]) }'],
  ),
  fixed(
    'clearedEarly',
    'a timer that is cleared by .finally() of the call',
    `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  const response = await fetch(url, { signal: controller.signal }).finally(() => clearTimeout(timer));
  return response.json();
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(3000)]) }'],
  ),
  fixed(
    'sharedSignal',
    'a constant of the module',
    `const limit = AbortSignal.timeout(4000);
export const read = (url: string) => fetch(url, { signal: limit });
`,
    'signal: limit',
    ['signal: limit', 'signal: AbortSignal.timeout(4000)'],
  ),
  fixed(
    'sharedSignal',
    'a signal of another module',
    `import { limit } from './limit.js';
export const read = (url: string) => fetch(url, { signal: limit });
`,
    'signal: limit',
    ['signal: limit', 'signal: AbortSignal.timeout(4000)'],
    { files: { 'limit.ts': `export const limit = AbortSignal.timeout(4000);\n` } },
  ),
  fixed(
    'sharedSignal',
    'a field of an object that lives on',
    `export class Mirror {
  readonly #limit = AbortSignal.timeout(4000);
  read(url: string): Promise<Response> {
    return fetch(url, { signal: this.#limit });
  }
}
`,
    'signal: this.#limit',
    ['signal: this.#limit', 'signal: AbortSignal.timeout(4000)'],
  ),
  fixed(
    'sharedSignal',
    'the configuration of a client: its calls get the option that each of them takes anew',
    `import axios from 'axios';
export const http = axios.create({ baseURL: 'https://a.test', signal: AbortSignal.timeout(4000) });
`,
    'signal: AbortSignal.timeout(4000)',
    ['signal: AbortSignal.timeout(4000)', 'timeout: 4000'],
  ),
  fixed(
    'sharedSignal',
    'one signal for all attempts of a loop',
    `export async function read(url: string): Promise<string> {
  const signal = AbortSignal.timeout(4000);
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, { signal });
      return await response.text();
    } catch (error) {
      if (attempt >= 3) throw error;
    }
  }
}
`,
    'signal',
    ['{ signal });', '{ signal: AbortSignal.timeout(4000) });'],
    { errors: [{ messageId: 'sharedSignal', on: 'signal', line: 5 }] },
  ),
  fixed(
    'sharedSignal',
    'one signal for all attempts of a library',
    `import pRetry from 'p-retry';
export function read(url: string): Promise<Response> {
  const signal = AbortSignal.timeout(4000);
  return pRetry(() => fetch(url, { signal }), { retries: 3 });
}
`,
    'signal',
    ['{ signal })', '{ signal: AbortSignal.timeout(4000) })'],
    { errors: [{ messageId: 'sharedSignal', on: 'signal', line: 4 }] },
  ),
];

/** Options that limit something else, in another unit, or are taken for something else. */
const misunderstood: Invalid[] = [
  fixed(
    'wrongArgument',
    'axios.post with its configuration in the place of the body',
    `import axios from 'axios';\nexport const ping = (url: string) => axios.post(url, { timeout: 2000 });\n`,
    'timeout: 2000',
    ['(url, {', '(url, undefined, {'],
  ),
  fixed(
    'wrongArgument',
    'axios.put, with headers beside the limit',
    `import axios from 'axios';
export const ping = (url: string, token: string) =>
  axios.put(url, { headers: { authorization: token }, timeout: 2000 });
`,
    'timeout: 2000',
    ['(url, {', '(url, undefined, {'],
  ),
  fixed(
    'wrongPhase',
    'the AWS SDK: requestTimeout only logs',
    `import { S3Client } from '@aws-sdk/client-s3';
export const s3 = new S3Client({ region: 'eu-central-1', requestHandler: { requestTimeout: 5000 } });
`,
    'requestTimeout: 5000',
    ['requestTimeout: 5000', 'requestTimeout: 5000, throwOnRequestTimeout: true'],
    notInstalled,
  ),
  fixed(
    'wrongPhase',
    'the AWS SDK: requestTimeout only logs, whatever the caller gives',
    `import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
export const connect = (options: { wait?: number }) =>
  new S3Client({ requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: options.wait }) });
`,
    'requestTimeout: options.wait',
    ['options.wait })', 'options.wait, throwOnRequestTimeout: true })'],
    notInstalled,
  ),
  fixed(
    'wrongPhase',
    'the AWS SDK: requestTimeout of a call',
    `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const store = (Key: string, Body: string) =>
  s3.send(new PutObjectCommand({ Bucket: 'b', Key, Body }), { requestTimeout: 3000 });
`,
    'requestTimeout: 3000',
    ['requestTimeout: 3000', 'abortSignal: AbortSignal.timeout(3000)'],
    notInstalled,
  ),
  fixed(
    'wrongPhase',
    'redis: commandOptions.timeout limits the wait in the local queue',
    `import { createClient } from 'redis';
export const redis = createClient({ url: 'redis://cache', commandOptions: { timeout: 1000 } });
`,
    'timeout: 1000',
    ['{ timeout: 1000 }', '{ timeout: 1000 }, socket: { socketTimeout: 1000 }'],
    notInstalled,
  ),
  fixed(
    'wrongPhase',
    'mongodb 7.8: timeoutMS has no effect',
    `import { MongoClient } from 'mongodb';
export const mongo = new MongoClient('mongodb://db', { timeoutMS: 5000 });
`,
    'timeoutMS: 5000',
    ['timeoutMS: 5000', 'socketTimeoutMS: 5000'],
    { ...notInstalled, files: { 'node_modules/mongodb/package.json': '{ "name": "mongodb", "version": "7.8.0" }' } },
  ),
  fixed(
    'wrongUnit',
    'gRPC: a deadline is a point in time',
    `import { Client, credentials, Metadata } from '@grpc/grpc-js';
const client = new Client('stock:50051', credentials.createInsecure());
const encode = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const decode = (bytes: Buffer): unknown => JSON.parse(bytes.toString());
export function reserve(sku: string, done: () => void): void {
  client.makeUnaryRequest('/Stock/Reserve', encode, decode, { sku }, new Metadata(), { deadline: 5000 }, done);
}
`,
    'deadline: 5000',
    ['deadline: 5000', 'deadline: Date.now() + 5000'],
    notInstalled,
  ),
  fixed(
    'wrongUnit',
    'postgres.js takes seconds',
    `import postgres from 'postgres';
export const sql = postgres('postgres://db', { connect_timeout: 5000 });
`,
    'connect_timeout: 5000',
    ['connect_timeout: 5000', 'connect_timeout: 5'],
    notInstalled,
  ),
  fixed(
    'misread',
    'got takes an object where a number stands',
    `import got from 'got';\nexport const read = (url: string) => got(url, { timeout: 5000 } as never);\n`,
    'timeout: 5000',
    ['timeout: 5000', 'timeout: { request: 5000 }'],
    notInstalled,
  ),
  fixed(
    'misread',
    'ky with 0, which ends every call at once',
    `import ky from 'ky';\nexport const read = (url: string) => ky.get(url, { timeout: 0 });\n`,
    'timeout: 0',
    ['timeout: 0', 'timeout: 5000'],
  ),
  fixed(
    'misread',
    'axios with an infinite limit, which it refuses',
    `import axios from 'axios';\nexport const read = (url: string) => axios.get(url, { timeout: Infinity });\n`,
    'timeout: Infinity',
    ['timeout: Infinity', 'timeout: 5000'],
  ),
  fixed(
    'misread',
    'axios with a negative limit, which throws where nobody can catch it',
    `import axios from 'axios';\nexport const read = (url: string) => axios.get(url, { timeout: -1 });\n`,
    'timeout: -1',
    ['timeout: -1', 'timeout: 5000'],
  ),
  reported(
    'misread',
    'AbortSignal.timeout beyond 31 bits fires at once',
    `export const read = (url: string) => fetch(url, { signal: AbortSignal.timeout(30 * 24 * 3600 * 1000) });\n`,
    'signal: AbortSignal.timeout(30 * 24 * 3600 * 1000)',
  ),
];

/** Limits that stand around the call: what is added is a limit of its own, whose length is the team's to say. */
const around: Invalid[] = [
  suggested(
    'leakyRace',
    'a race whose timer nobody clears',
    `export function read(url: string): Promise<Response> {
  return Promise.race([
    fetch(url),
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('too slow')), 3000);
    }),
  ]);
}
`,
    'Promise.race',
    ['fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(5000) })'],
  ),
  suggested(
    'leakyRace',
    'a race against a timer in a variable',
    `export async function read(url: string): Promise<Response> {
  const limit = new Promise<never>((_resolve, reject) => setTimeout(reject, 3000));
  return await Promise.race([fetch(url), limit]);
}
`,
    'Promise.race',
    ['fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(5000) })'],
  ),
  reported(
    'leakyRace',
    'a helper that races what it is given',
    `export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  const limit = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('too slow')), ms));
  return Promise.race([work, limit]);
}
export const read = (url: string) => withTimeout(fetch(url), 3000);
`,
    'Promise.race',
  ),
  suggested(
    'betweenIterations',
    'a deadline that is only looked at between the calls',
    `export async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const response = await fetch(url);
    if ((await response.text()) === 'ready') return;
  }
}
`,
    'Date.now() < deadline',
    ['fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(5000) })'],
  ),
  suggested(
    'betweenIterations',
    'a deadline that a statement of the loop looks at',
    `import axios from 'axios';
export async function untilReady(url: string, started: number): Promise<void> {
  for (;;) {
    if (performance.now() - started > 60_000) throw new Error('not ready');
    const { data } = await axios.get<string>(url);
    if (data === 'ready') return;
  }
}
`,
    'performance.now() - started > 60_000',
    ['<string>(url)', '<string>(url, { timeout: 5000 })'],
  ),
];

/** A platform that does not have what the fix writes. */
const platforms: Invalid[] = [
  suggested(
    'neverAborted',
    'Node 18 has no AbortSignal.any',
    `export async function read(url: string): Promise<string> {
  const controller = new AbortController();
  return (await fetch(url, { signal: controller.signal })).text();
}
`,
    'signal: controller.signal',
    ['controller.signal }', 'AbortSignal.any([controller.signal, AbortSignal.timeout(5000)]) }'],
    { files: { 'package.json': '{ "type": "module", "engines": { "node": ">=18" } }' } },
  ),
  fixed(
    'ignored',
    'Node 18 has AbortSignal.timeout',
    `export const read = (url: string) => fetch(url, { timeout: 2000 } as RequestInit);\n`,
    'timeout: 2000',
    ['timeout: 2000', 'signal: AbortSignal.timeout(2000)'],
    { files: { 'package.json': '{ "type": "module", "engines": { "node": ">=18" } }' } },
  ),
];

/** What only the strict preset says. */
const strict: Invalid[] = [
  suggested(
    'tooLong',
    'longer than maxTimeoutMs',
    `export const read = (url: string) => fetch(url, { signal: AbortSignal.timeout(600_000) });\n`,
    'signal: AbortSignal.timeout(600_000)',
    ['600_000', '60000'],
    { options: { tooLong: true } },
  ),
  suggested(
    'tooLong',
    'longer than maxTimeoutMs of the settings',
    `import axios from 'axios';\nexport const read = (url: string) => axios.get(url, { timeout: 11_000 });\n`,
    'timeout: 11_000',
    ['11_000', '10000'],
    { options: { tooLong: true }, settings: { maxTimeoutMs: 10_000 } },
  ),
  reported(
    'lifetimeOnStream',
    'a total limit on a body that is iterated: fetch has no option for its parts',
    `export async function* lines(url: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  for await (const chunk of response.body ?? []) yield chunk;
}
`,
    'signal: AbortSignal.timeout(10_000)',
    { options: { streams: true } },
  ),
  suggested(
    'lifetimeOnStream',
    'undici: limits on the beginning and between the parts take its place',
    `import { request } from 'undici';
export async function* lines(url: string): AsyncGenerator<Uint8Array> {
  const { body } = await request(url, { signal: AbortSignal.timeout(10_000) });
  for await (const chunk of body) yield chunk;
}
`,
    'signal: AbortSignal.timeout(10_000)',
    ['signal: AbortSignal.timeout(10_000)', 'headersTimeout: 10000, bodyTimeout: 10000'],
    { ...notInstalled, options: { streams: true } },
  ),
  reported(
    'unknown',
    'on some paths only',
    `import axios from 'axios';
export const read = (url: string, whole: boolean) => axios.get(url, { timeout: whole ? 0 : 3000 });
`,
    'timeout: whole ? 0 : 3000',
    { options: { reportUnknown: true } },
  ),
  reported(
    'unknown',
    'a controller that is aborted for another reason: it may be in time',
    `const shutdown = new AbortController();
process.once('SIGINT', () => shutdown.abort());
export const read = (url: string) => fetch(url, { signal: shutdown.signal });
`,
    'signal: shutdown.signal',
    { options: { reportUnknown: true } },
  ),
  reported(
    'unknown',
    'a request that is returned to code that may listen',
    `import http from 'node:http';
export const open = (url: string) => http.get(url, { timeout: 2000 });
`,
    'timeout: 2000',
    { options: { reportUnknown: true } },
  ),
];

/** Streams: no fix puts a limit on the whole of one. */
const streams: Invalid[] = [
  reported(
    'neverAborted',
    'a stream behind a controller that nobody aborts',
    `export async function pipe(url: string, to: WritableStream): Promise<void> {
  const controller = new AbortController();
  const response = await fetch(url, { signal: controller.signal });
  await response.body?.pipeTo(to);
}
`,
    'signal: controller.signal',
  ),
  reported(
    'ignored',
    'a stream with an option that fetch ignores',
    `export async function* lines(url: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(url, { timeout: 3000 } as RequestInit);
  for await (const chunk of response.body ?? []) yield chunk;
}
`,
    'timeout: 3000',
  ),
];

/** A museum of false positives: each looks like a fault above, and is none. */
const right: Valid[] = [
  {
    name: 'fetch with a limit of its own',
    code: `export const read = (url: string) => fetch(url, { signal: AbortSignal.timeout(5000) });\n`,
  },
  {
    name: 'no attempt at all is what require-timeout reports: one fault, one rule',
    code: `export const read = (url: string) => fetch(url, { method: 'POST' });\n`,
  },
  {
    name: 'an option without effect beside one that binds is idle, not a fault of the call',
    code: `export const read = (url: string) =>
  fetch(url, { timeout: 5000, signal: AbortSignal.timeout(5000) } as RequestInit);
`,
  },
  {
    name: 'on some paths only: not known',
    code: `import axios from 'axios';
export const read = (url: string, whole: boolean) => axios.get(url, { timeout: whole ? 0 : 5000 });
`,
  },
  {
    name: 'undefined on some paths only',
    code: `export const read = (url: string, quick: boolean) =>
  fetch(url, { signal: quick ? AbortSignal.timeout(5000) : null });
`,
  },
  {
    name: 'an environment variable may hold a number',
    code: `import axios from 'axios';
export const http = axios.create({ timeout: Number(process.env['HTTP_TIMEOUT']) });
`,
  },
  {
    name: 'a value of the caller is the caller’s business',
    code: `import axios from 'axios';
export const read = (url: string, timeout: number) => axios.get(url, { timeout });
`,
  },
  {
    name: 'an instance that is unlimited, and whose every call is limited',
    code: `import axios from 'axios';
const http = axios.create({ timeout: 0 });
export const read = (url: string) => http.get(url, { timeout: 2000 });
export const write = (url: string) => http.post(url, {}, { timeout: 4000 });
`,
  },
  {
    name: 'a caller’s signal that is switched off where another limit stays',
    code: `import axios from 'axios';
export const read = (url: string) => axios.get(url, { timeout: 2000, signal: undefined });
`,
    compilerOptions: { exactOptionalPropertyTypes: false },
  },
  {
    name: 'the stream of undici: bodyTimeout: 0 keeps a quiet stream alive, headersTimeout limits its beginning',
    code: `import { request } from 'undici';
export async function* events(url: string): AsyncGenerator<Uint8Array> {
  const { body } = await request(url, { headersTimeout: 5000, bodyTimeout: 0 });
  for await (const chunk of body) yield chunk;
}
`,
    allowUnresolved: true,
  },
  {
    name: 'a body of its own that has a timeout, with a configuration behind it',
    code: `import axios from 'axios';
export const plan = (url: string) => axios.post(url, { timeout: 30 }, { timeout: 5000 });
`,
  },
  {
    name: 'a body that has more members than a configuration knows',
    code: `import axios from 'axios';
const http = axios.create({ timeout: 5000 });
export const plan = (job: string) => http.post('https://a.test', { job, timeout: 30 });
`,
  },
  {
    name: 'a body that looks like a configuration, to a client that is limited',
    code: `import axios from 'axios';
const http = axios.create({ timeout: 5000 });
export const configure = () => http.put('https://a.test/limits', { timeout: 30 });
`,
  },
  {
    name: 'http.request with a listener that destroys',
    code: `import http from 'node:http';
export function ping(done: () => void): void {
  const request = http.request('http://a.test', { timeout: 2000 }, done);
  request.on('timeout', () => request.destroy());
  request.end();
}
`,
  },
  {
    name: 'http.get with a listener in the chain',
    code: `import http from 'node:http';
export const ping = (done: () => void) =>
  http.get('http://a.test', { timeout: 2000 }, done).on('timeout', function (this: http.ClientRequest) {
    this.destroy(new Error('slow'));
  });
`,
  },
  {
    name: 'request.setTimeout with a callback that destroys',
    code: `import http from 'node:http';
export function ping(done: () => void): void {
  const request = http.request('http://a.test', done);
  request.setTimeout(2000, () => request.destroy());
  request.end();
}
`,
  },
  {
    name: 'request.setTimeout with destroy bound to the request',
    code: `import http from 'node:http';
export function ping(done: () => void): void {
  const request = http.get('http://a.test', done);
  request.setTimeout(2000, request.destroy.bind(request));
}
`,
  },
  {
    name: 'a request that is returned: whoever has it may listen',
    code: `import http from 'node:http';
export const open = (url: string) => http.request(url, { timeout: 2000 });
`,
  },
  {
    name: 'a request that is handed to code that may listen',
    code: `import http from 'node:http';
export function ping(watch: (request: http.ClientRequest) => void): void {
  const request = http.request('http://a.test', { timeout: 2000 });
  watch(request);
  request.end();
}
`,
  },
  {
    name: 'a controller that a timer aborts, cleared once the body is read',
    code: `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}
`,
  },
  {
    name: 'a timer that is cleared when the headers are there, of an answer whose body is not used',
    code: `export async function alive(url: string): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 500);
  try {
    const response = await fetch(url, { method: 'HEAD', signal: controller.signal });
    return response.ok;
  } finally {
    clearTimeout(timer);
  }
}
`,
  },
  {
    name: 'a timer that is cleared for the headers, with a limit for the body beside it',
    code: `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 500);
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.any([controller.signal, AbortSignal.timeout(5000)]) });
  } finally {
    clearTimeout(timer);
  }
  return response.json();
}
`,
  },
  {
    name: 'a timer that is cleared in catch only: the body is still limited when there is one',
    code: `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    const body: unknown = await response.json();
    clearTimeout(timer);
    return body;
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}
`,
  },
  {
    name: 'a timer that axios reads the body under',
    code: `import axios from 'axios';
export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  try {
    return await axios.get(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}
`,
  },
  {
    name: 'a controller that is returned with the call',
    code: `export function start(url: string): { done: Promise<Response>; cancel: () => void } {
  const controller = new AbortController();
  return { done: fetch(url, { signal: controller.signal }), cancel: () => controller.abort() };
}
`,
  },
  {
    name: 'a controller that is handed out, to a set that is aborted elsewhere',
    code: `const open = new Set<AbortController>();
export async function read(url: string): Promise<string> {
  const controller = new AbortController();
  open.add(controller);
  try {
    return await (await fetch(url, { signal: controller.signal })).text();
  } finally {
    open.delete(controller);
  }
}
export const stop = () => open.forEach((controller) => controller.abort());
`,
  },
  {
    name: 'a controller whose members are taken out together may be aborted by them',
    code: `export function start(url: string): { done: Promise<Response>; rest: object } {
  const { signal, ...rest } = new AbortController();
  return { done: fetch(url, { signal }), rest };
}
`,
  },
  {
    name: 'a controller that a signal of the process aborts',
    code: `const shutdown = new AbortController();
process.once('SIGTERM', () => shutdown.abort());
export const read = (url: string) => fetch(url, { signal: shutdown.signal });
`,
  },
  {
    name: 'a controller that the next call aborts',
    code: `export class Search {
  #controller: AbortController | null = null;
  async run(url: string): Promise<Response> {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return fetch(url, { signal: this.#controller.signal });
  }
}
`,
  },
  {
    name: 'a controller that somebody else’s signal aborts',
    code: `export async function read(url: string, outer: EventTarget): Promise<string> {
  const controller = new AbortController();
  outer.addEventListener('abort', () => controller.abort());
  return (await fetch(url, { signal: controller.signal })).text();
}
`,
  },
  {
    name: 'one budget for the steps of one function',
    code: `export async function copy(from: string, to: string): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  const response = await fetch(from, { signal });
  await fetch(to, { method: 'PUT', body: await response.text(), signal });
}
`,
  },
  {
    name: 'one budget for the pages of one list: no retry goes round',
    code: `export async function all(url: string): Promise<unknown[]> {
  const signal = AbortSignal.timeout(30_000);
  const pages: unknown[] = [];
  for (const page of [1, 2, 3]) {
    const response = await fetch(url + '?page=' + page, { signal });
    pages.push(await response.json());
  }
  return pages;
}
`,
  },
  {
    name: 'one budget for all attempts, and a limit of each',
    code: `export async function read(url: string): Promise<string> {
  const budget = AbortSignal.timeout(20_000);
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, { signal: AbortSignal.any([budget, AbortSignal.timeout(4000)]) });
      return await response.text();
    } catch (error) {
      if (attempt >= 3 || budget.aborted) throw error;
    }
  }
}
`,
  },
  {
    name: 'a signal that is made inside what is repeated',
    code: `import pRetry from 'p-retry';
export const read = (url: string) =>
  pRetry(() => fetch(url, { signal: AbortSignal.timeout(4000) }), { retries: 3 });
`,
  },
  {
    name: 'a signal of the module, in a script that makes its calls once',
    code: `const signal = AbortSignal.timeout(30_000);
const response = await fetch('https://a.test', { signal });
console.log(await response.text());
`,
  },
  {
    name: 'a getter that makes a new signal each time',
    code: `export class Mirror {
  get limit(): AbortSignal {
    return AbortSignal.timeout(4000);
  }
  read(url: string): Promise<Response> {
    return fetch(url, { signal: this.limit });
  }
}
`,
  },
  {
    name: 'a function that makes a new signal each time',
    code: `const limit = () => AbortSignal.timeout(4000);
export const read = (url: string) => fetch(url, { signal: limit() });
`,
  },
  {
    name: 'a race whose timer is cleared',
    code: `export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(reject, ms, new Error('too slow'));
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
`,
  },
  {
    name: 'a race whose loser ends by itself',
    code: `export function read(url: string): Promise<Response> {
  return Promise.race([
    fetch(url, { signal: AbortSignal.timeout(3000) }),
    new Promise<never>((_resolve, reject) => setTimeout(reject, 1000)),
  ]);
}
`,
  },
  {
    name: 'a race whose timer aborts the loser',
    code: `export function read(url: string): Promise<Response> {
  const controller = new AbortController();
  return Promise.race([
    fetch(url, { signal: controller.signal }),
    new Promise<never>((_resolve, reject) =>
      setTimeout(() => {
        controller.abort();
        reject(new Error('too slow'));
      }, 3000),
    ),
  ]);
}
`,
  },
  {
    name: 'a race of two mirrors: no timer in it',
    code: `export const read = (one: string, other: string) =>
  Promise.race([
    fetch(one, { signal: AbortSignal.timeout(3000) }),
    fetch(other, { signal: AbortSignal.timeout(3000) }),
  ]);
`,
  },
  {
    name: 'a deadline between calls that are limited themselves',
    code: `export async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    if ((await response.text()) === 'ready') return;
  }
}
`,
  },
  {
    name: 'a loop over numbers is no deadline',
    code: `export async function pages(url: string, last: number): Promise<void> {
  for (let page = 0; page < last; page++) await fetch(url + page);
}
`,
  },
  {
    name: 'the server’s own timeouts',
    code: `import http from 'node:http';
const server = http.createServer({ requestTimeout: 0 });
server.setTimeout(0);
server.timeout = 0;
server.listen(80);
`,
  },
  {
    name: 'timers of the platform',
    code: `setTimeout(() => console.log('now'), 0);\nsetInterval(() => console.log('again'), 0);\n`,
  },
  {
    name: 'a local fetch that takes a timeout',
    code: `import { fetch } from './transport.js';
export const read = (url: string) => fetch(url, { timeout: 5000 });
`,
    files: {
      'transport.ts': `export function fetch(url: string, options: { timeout: number }): Promise<string> {
  return Promise.resolve(url + options.timeout);
}
`,
    },
  },
  {
    name: 'a parameter that is called fetch, without a type of the platform',
    code: `type Send = (url: string, options: { timeout: number }) => Promise<string>;
export const read = (fetch: Send, url: string) => fetch(url, { timeout: 5000 });
`,
  },
  {
    name: 'an object with timeout: 0 that no client takes',
    code: `import axios from 'axios';
export const defaults = { timeout: 0 };
export const isAxiosError = (error: unknown) => axios.isAxiosError(error);
`,
  },
  {
    name: 'a timer’s end that a library keeps on top of the client: p-timeout',
    code: `import pTimeout from 'p-timeout';
import axios from 'axios';
export const read = (url: string) => pTimeout(axios.get(url, { timeout: 0 }), { milliseconds: 2000 });
`,
    allowUnresolved: true,
  },
  {
    name: 'the redis client, whose socket is limited, whatever the queue is',
    code: `import { createClient } from 'redis';
export const redis = createClient({ socket: { socketTimeout: 2000 }, commandOptions: { timeout: 1000 } });
`,
    allowUnresolved: true,
  },
  {
    name: 'the AWS SDK with a requestTimeout that throws',
    code: `import { S3Client } from '@aws-sdk/client-s3';
export const s3 = new S3Client({ requestHandler: { requestTimeout: 5000, throwOnRequestTimeout: true } });
`,
    allowUnresolved: true,
  },
  {
    name: 'mongodb 7.7: timeoutMS binds',
    code: `import { MongoClient } from 'mongodb';
export const mongo = new MongoClient('mongodb://db', { timeoutMS: 5000 });
`,
    allowUnresolved: true,
    files: { 'node_modules/mongodb/package.json': '{ "name": "mongodb", "version": "7.7.0" }' },
  },
  {
    name: 'postgres.js, seconds as they should be',
    code: `import postgres from 'postgres';\nexport const sql = postgres('postgres://db', { connect_timeout: 10 });\n`,
    allowUnresolved: true,
  },
  {
    name: 'a deadline of gRPC as a point in time',
    code: `import { Client, credentials, Metadata } from '@grpc/grpc-js';
const client = new Client('stock:50051', credentials.createInsecure());
const encode = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const decode = (bytes: Buffer): unknown => JSON.parse(bytes.toString());
export function reserve(sku: string, done: () => void): void {
  const deadline = new Date(Date.now() + 5000);
  client.makeUnaryRequest('/Stock/Reserve', encode, decode, { sku }, new Metadata(), { deadline }, done);
}
`,
    allowUnresolved: true,
  },
  {
    name: 'long limits are for the strict preset',
    code: `export const read = (url: string) => fetch(url, { signal: AbortSignal.timeout(3_600_000) });\n`,
  },
  {
    name: 'a lifetime on a stream is for the strict preset',
    code: `export async function pipe(url: string, to: WritableStream): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  await response.body?.pipeTo(to);
}
`,
  },
  {
    name: 'a timer that limits the beginning of a stream, and lets it run from then on',
    code: `export async function pipe(url: string, to: WritableStream): Promise<void> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  const response = await fetch(url, { signal: controller.signal });
  clearTimeout(timer);
  await response.body?.pipeTo(to);
}
`,
    options: { streams: true },
  },
  {
    name: 'strict: a timer that each part of a stream starts again',
    code: `export async function* lines(url: string): AsyncGenerator<Uint8Array> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 3000);
  const response = await fetch(url, { signal: controller.signal });
  for await (const chunk of response.body ?? []) {
    timer.refresh();
    yield chunk;
  }
}
`,
    options: { streams: true },
  },
  {
    name: 'strict: a timer that each part of a stream replaces',
    code: `export async function* lines(url: string): AsyncGenerator<Uint8Array> {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), 3000);
  const response = await fetch(url, { signal: controller.signal });
  for await (const chunk of response.body ?? []) {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), 3000);
    yield chunk;
  }
  clearTimeout(timer);
}
`,
    options: { streams: true },
  },
  {
    name: 'strict: the longest limit that is acceptable',
    code: `export const read = (url: string) => fetch(url, { signal: AbortSignal.timeout(60_000) });\n`,
    options: { tooLong: true },
  },
  {
    name: 'strict: a body that is read whole is no stream',
    code: `export const read = async (url: string) =>
  (await fetch(url, { signal: AbortSignal.timeout(10_000) })).arrayBuffer();
`,
    options: { streams: true },
  },
  {
    name: 'a generated file is not touched',
    code: `/** @generated by the API's generator */
export const read = (url: string) => fetch(url, { timeout: 3000 } as RequestInit);
`,
  },
];

ruleTester(rule).run({
  valid: right,
  invalid: [...disabled, ...ignored, ...signals, ...misunderstood, ...around, ...platforms, ...streams, ...strict],
});

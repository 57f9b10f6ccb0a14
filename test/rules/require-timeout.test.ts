/** `require-timeout`: clients under every name they go by, every way to bound them, and what must stay silent. */
import assert from 'node:assert/strict';
import rule, { type Options } from '../../rules/require-timeout.js';
import { type InvalidCase, ruleTester, type ValidCase } from '../support/rule-tester.js';

type MessageId = keyof typeof rule.meta.messages;
type Invalid = InvalidCase<Options, MessageId>;
type More = Partial<Omit<Invalid, 'name' | 'code' | 'output'>>;

const signal = 'signal: AbortSignal.timeout(5000)';
const timeout = 'timeout: 5000';
const pgBounds = 'query_timeout: 5000, connectionTimeoutMillis: 5000';

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
  const suggestions = [{ messageId: 'addBound' as const, output: edited(code, edit) }];
  return { name, code, errors: [{ messageId, on, suggestions }], ...more };
}

/** A case with one report and no change. */
function reported(messageId: MessageId, name: string, code: string, on: string, more: More = {}): Invalid {
  return { name, code, errors: [{ messageId, on }], output: null, ...more };
}

/** `fetch` under one of its names, reported and fixed at `on(url)`. */
function fetched(name: string, code: string, on: string, more: More = {}): Invalid {
  return fixed('longDefault', name, code, on, [`${on}(url)`, `${on}(url, { ${signal} })`], more);
}

/** What a client is called. */
const names: Invalid[] = [
  fetched('fetch', `export const read = (url: string) => fetch(url);\n`, 'fetch'),
  fetched('fetch in a constant', `const f = fetch;\nexport const read = (url: string) => f(url);\n`, 'f'),
  fetched('globalThis.fetch', `export const read = (url: string) => globalThis.fetch(url);\n`, 'globalThis.fetch'),
  fetched(
    "globalThis['fetch']",
    `export const read = (url: string) => globalThis['fetch'](url);\n`,
    "globalThis['fetch']",
  ),
  fetched(
    'fetch bound to its global',
    `const f = globalThis.fetch.bind(globalThis);\nexport const read = (url: string) => f(url);\n`,
    'f',
  ),
  fetched(
    'fetch taken out of its global',
    `const { fetch: get } = globalThis;\nexport const read = (url: string) => get(url);\n`,
    'get',
  ),
  fetched(
    'fetch as a default parameter',
    `export const read = (url: string, fetchFn = fetch) => fetchFn(url);\n`,
    'fetchFn',
  ),
  fetched(
    'fetch as a default parameter with a type',
    `export const read = (url: string, fetchFn: typeof fetch = fetch) => fetchFn(url);\n`,
    'fetchFn',
  ),
  fetched(
    'fetch as the default of a destructured option',
    `export const read = (url: string, { request = fetch }: { request?: typeof fetch }) => request(url);\n`,
    'request',
  ),
  fetched(
    'an injected fetch',
    `export const read = (url: string, request: typeof fetch) => request(url);\n`,
    'request',
  ),
  fetched(
    'an injected fetch, behind an alias of its type',
    `type Fetch = typeof fetch;\nexport const read = (url: string, request: Fetch) => request(url);\n`,
    'request',
    { typed: 'typed-only' },
  ),
  fetched(
    'an injected fetch in an object of dependencies',
    `export const read = (url: string, deps: { request: typeof fetch }) => deps.request(url);\n`,
    'deps.request',
    { typed: 'typed-only' },
  ),
  fetched(
    'opts.fetch ?? fetch.bind(globalThis)',
    `export function client(opts: { fetch?: typeof fetch }) {
  const f = opts.fetch ?? fetch.bind(globalThis);
  return (url: string) => f(url);
}
`,
    'f',
  ),
  fetched(
    'this.fetchImpl, set in the constructor',
    `export class Client {
  private readonly fetchImpl: typeof fetch;
  constructor(options: { fetch?: typeof fetch } = {}) {
    this.fetchImpl = options.fetch ?? globalThis.fetch;
  }
  read(url: string) {
    return this.fetchImpl(url);
  }
}
`,
    'this.fetchImpl',
  ),
  fetched(
    'this.fetchImpl, a parameter property',
    `export class Client {
  constructor(private readonly fetchImpl: typeof fetch) {}
  read(url: string) {
    return this.fetchImpl(url);
  }
}
`,
    'this.fetchImpl',
  ),
  fetched(
    'this.#fetch, a private field',
    `export class Client {
  #fetch = fetch;
  read(url: string) {
    return this.#fetch(url);
  }
}
`,
    'this.#fetch',
  ),
  fetched(
    'fetch from another module',
    `import { f } from './f.js';\nexport const read = (url: string) => f(url);\n`,
    'f',
    { files: { 'f.ts': `export const f = fetch;\n` } },
  ),
  fetched(
    'fetch as another module exports it again',
    `import { request } from './index.js';\nexport const read = (url: string) => request(url);\n`,
    'request',
    { files: { 'index.ts': `export { f as request } from './f.js';\n`, 'f.ts': `export const f = fetch;\n` } },
  ),
  fixed(
    'longDefault',
    'fetch.call',
    `export const read = (url: string) => fetch.call(globalThis, url);\n`,
    'fetch.call',
    ['globalThis, url', `globalThis, url, { ${signal} }`],
  ),
  reported(
    'longDefault',
    'fetch.apply: its arguments stand in a list, which no fix touches',
    `export const read = (url: string) => fetch.apply(globalThis, [url]);\n`,
    'fetch.apply',
  ),
  fixed(
    'longDefault',
    'a call that is awaited, asserted and chained',
    `export const read = async (url: string) => ((await fetch(url)) as Response).json() as Promise<{ id: string }>;\n`,
    'fetch',
    ['fetch(url)', `fetch(url, { ${signal} })`],
  ),
  fixed(
    'missing',
    'axios',
    `import axios from 'axios';\nexport const read = (url: string) => axios.get(url);\n`,
    'axios.get',
    ['(url);', `(url, { ${timeout} });`],
  ),
  fixed(
    'missing',
    'axios under another name',
    `import client from 'axios';\nexport const read = (url: string) => client.get(url);\n`,
    'client.get',
    ['(url);', `(url, { ${timeout} });`],
  ),
  fixed(
    'missing',
    'axios as a namespace',
    `import * as axios from 'axios';\nexport const read = (url: string) => axios.default.get(url);\n`,
    'axios.default.get',
    ['(url);', `(url, { ${timeout} });`],
  ),
  fixed(
    'missing',
    'axios in JavaScript, by require',
    `const axios = require('axios');\nexports.read = (url) => axios.get(url);\n`,
    'axios.get',
    ['(url);', `(url, { ${timeout} });`],
    { filename: 'case.cjs' },
  ),
  fixed(
    'missing',
    'a whole package that is called, by require',
    `const request = require('axios');\nexports.read = () => request('https://a.test');\n`,
    'request',
    ["('https://a.test')", `('https://a.test', { ${timeout} })`],
    { filename: 'case.cjs' },
  ),
  fixed(
    'missing',
    'axios in JavaScript, by require().default',
    `const axios = require('axios').default;\nexports.read = (url) => axios.get(url);\n`,
    'axios.get',
    ['(url);', `(url, { ${timeout} });`],
    { filename: 'case.cjs' },
  ),
  fixed(
    'missing',
    'a verb taken out of axios by require',
    `const { get } = require('axios');\nexports.read = (url) => get(url);\n`,
    'get',
    ['=> get(url)', `=> get(url, { ${timeout} })`],
    { filename: 'case.cjs' },
  ),
  fixed(
    'missing',
    'axios by import x = require()',
    `import axios = require('axios');\nexport const read = (url: string) => axios.default.get(url);\n`,
    'axios.default.get',
    ['(url);', `(url, { ${timeout} });`],
    { filename: 'case.cts' },
  ),
  fixed(
    'missing',
    'a destructured verb',
    `import axios from 'axios';\nconst { post: send } = axios;\nexport const write = (url: string) => send(url, {});\n`,
    'send',
    ['(url, {});', `(url, {}, { ${timeout} });`],
  ),
  fixed(
    'missing',
    'axios as a function',
    `import axios from 'axios';\nexport const read = (url: string) => axios({ url });\n`,
    'axios',
    ['{ url });', `{ url, ${timeout} });`],
  ),
  fixed(
    'missing',
    'axios.request',
    `import axios from 'axios';\nexport const read = (url: string) => axios.request({ url });\n`,
    'axios.request',
    ['{ url });', `{ url, ${timeout} });`],
  ),
  fixed(
    'missing',
    'a verb with a body and no options: the place between is filled',
    `import axios from 'axios';\nexport const write = (url: string) => axios.post(url);\n`,
    'axios.post',
    ['(url);', `(url, undefined, { ${timeout} });`],
  ),
  fixed(
    'missing',
    'axios.create without arguments',
    `import axios from 'axios';\nexport const http = axios.create();\n`,
    'axios.create',
    ['create()', `create({ ${timeout} })`],
  ),
  fixed(
    'missing',
    'a factory by its own name',
    `import { create as make } from 'axios';\nexport const http = make({ baseURL: 'https://a.test' });\n`,
    'make',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
  fixed(
    'missing',
    'one report at the construction, none at the uses',
    `import axios from 'axios';
const http = axios.create({ baseURL: 'https://a.test' });
export const read = () => http.get('/a');
export const write = () => http.post('/a', {});
`,
    'axios.create',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
  fixed(
    'missing',
    'a client in a field',
    `import axios from 'axios';
export class Api {
  private readonly http = axios.create({ baseURL: 'https://a.test' });
  read() {
    return this.http.get('/a');
  }
}
`,
    'axios.create',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
  fixed(
    'missing',
    'a subclass without a constructor',
    `import { Axios } from 'axios';
class Api extends Axios {}
export const api = new Api({ baseURL: 'https://a.test' });
`,
    'Api',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
  fixed(
    'missing',
    'a subclass with a constructor',
    `import { Axios } from 'axios';
export class Api extends Axios {
  constructor() {
    super({ baseURL: 'https://a.test' });
  }
}
`,
    'super',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
  fixed(
    'missing',
    'a subclass from another module',
    `import { Api } from './api.js';\nexport const api = new Api({ baseURL: 'https://a.test' });\n`,
    'Api',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
    { files: { 'api.ts': `import { Axios } from 'axios';\nexport class Api extends Axios {}\n` } },
  ),
  fixed(
    'missing',
    'http.get',
    `import http from 'node:http';\nexport const read = (url: string) => http.get(url);\n`,
    'http.get',
    ['(url);', `(url, { ${signal} });`],
  ),
  fixed(
    'missing',
    'http.get with a callback: the options go before it',
    `import * as http from 'http';\nexport const read = () => http.get('http://a.test', (answer) => answer.resume());\n`,
    'http.get',
    ["'http://a.test', ", `'http://a.test', { ${signal} }, `],
  ),
  fixed(
    'missing',
    'https.request with a callback of its caller',
    `import https from 'node:https';\nexport const read = (url: URL, done: () => void) => https.request(url, done);\n`,
    'https.request',
    ['(url, done)', `(url, { ${signal} }, done)`],
  ),
  fixed(
    'missing',
    'https.request by its own name, with options and a callback',
    `import { request } from 'node:https';
export const send = () => request('https://a.test', { method: 'POST' }, (answer) => answer.resume());
`,
    'request',
    ["'POST' }", `'POST', ${signal} }`],
  ),
  fixed(
    'missing',
    'https.request with options only',
    `import https from 'https';\nexport const send = () => https.request({ hostname: 'a.test' });\n`,
    'https.request',
    ["'a.test' }", `'a.test', ${signal} }`],
  ),
  fixed(
    'missing',
    'https.get by require',
    `const { get } = require('https');\nexports.read = () => get('https://a.test');\n`,
    'get',
    ["('https://a.test')", `('https://a.test', { ${signal} })`],
    { filename: 'case.cjs' },
  ),
  fixed(
    'missing',
    'http.get whose callback is what new Promise gives',
    `import http from 'node:http';
export const read = () =>
  new Promise((resolve, reject) => {
    http.get('http://a.test', resolve).on('error', reject);
  });
`,
    'http.get',
    ["'http://a.test', ", `'http://a.test', { ${signal} }, `],
  ),
  fixed(
    'missing',
    'superagent, which takes its limit behind the call',
    `import superagent from 'superagent';
export const read = (url: string) => superagent.get(url).set('accept', 'application/json');
`,
    'superagent.get',
    ['get(url)', 'get(url).timeout(5000)'],
    { allowUnresolved: true },
  ),
  suggested(
    'missing',
    'a pool: how long a query may take is the team’s to say',
    `import { Pool } from 'pg';\nexport const pool = new Pool({ host: 'db' });\n`,
    'Pool',
    ["'db' }", `'db', ${pgBounds} }`],
  ),
  suggested(
    'missing',
    'a pool without options, through the default export',
    `import pg from 'pg';\nexport const pool = new pg.Pool();\n`,
    'pg.Pool',
    ['()', `({ ${pgBounds} })`],
  ),
  suggested(
    'missing',
    'new without parentheses',
    `import pg from 'pg';\nexport const pool = new pg.Pool;\n`,
    'pg.Pool',
    ['pg.Pool;', `pg.Pool({ ${pgBounds} });`],
  ),
  suggested(
    'missing',
    'a subclass of a pool',
    `import pg from 'pg';
export class Db extends pg.Pool {
  constructor() {
    super({ max: 5 });
  }
  all() {
    return this.query('select 1');
  }
}
`,
    'super',
    ['max: 5 }', `max: 5, ${pgBounds} }`],
  ),
  {
    name: 'a connection string: there is no object to write options into',
    code: `import pg from 'pg';
export const one = new pg.Client('postgres://db/app');
export const two = new pg.Client(process.env.DATABASE_URL);
`,
    errors: [
      { messageId: 'missing', on: 'pg.Client', line: 2, suggestions: [] },
      { messageId: 'missing', on: 'pg.Client', line: 3, suggestions: [] },
    ],
  },
];

/** Places where clients and calls stand. */
const places: Invalid[] = [
  fixed('longDefault', 'an optional call', `export const read = (url: string, f?: typeof fetch) => f?.(url);\n`, 'f', [
    '?.(url)',
    `?.(url, { ${signal} })`,
  ]),
  fixed(
    'missing',
    'a client made when it is first asked for',
    `import axios, { type AxiosInstance } from 'axios';
let client: AxiosInstance | undefined;
export function http() {
  client ??= axios.create({ baseURL: 'https://a.test' });
  return client;
}
`,
    'axios.create',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
  fixed(
    'missing',
    'a client made in a constructor',
    `import axios, { type AxiosInstance } from 'axios';
export class Api {
  private readonly http: AxiosInstance;
  constructor() {
    this.http = axios.create({ baseURL: 'https://a.test' });
  }
  read() {
    return this.http.get('/x');
  }
}
`,
    'axios.create',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
  fixed(
    'missing',
    'a client as a default parameter',
    `import axios from 'axios';\nexport const read = (url: string, http = axios.create()) => http.get(url);\n`,
    'axios.create',
    ['create()', `create({ ${timeout} })`],
  ),
  fixed(
    'missing',
    'a call in a template',
    `import axios from 'axios';
export const read = async (url: string) => \`\${(await axios.get<string>(url)).data}!\`;
`,
    'axios.get<string>',
    ['(url))', `(url, { ${timeout} }))`],
    { errors: [{ messageId: 'missing', on: 'axios.get' }] },
  ),
  fixed(
    'longDefault',
    'a handler in JSX',
    `export const Button = () => <button onClick={() => void fetch('/api')} />;\n`,
    'fetch',
    ["'/api'", `'/api', { ${signal} }`],
    { filename: 'case.jsx' },
  ),
  fixed(
    'longDefault',
    'options that satisfy a type',
    `export const write = (url: string) => fetch(url, { method: 'POST' } satisfies RequestInit);\n`,
    'fetch',
    ["'POST' }", `'POST', ${signal} }`],
  ),
];

/** Options that hold no bound, however they are put together. */
const options: Invalid[] = [
  fixed(
    'longDefault',
    'options without a signal',
    `export const write = (url: string) => fetch(url, { method: 'POST' });\n`,
    'fetch',
    ["'POST' }", `'POST', ${signal} }`],
  ),
  fixed('longDefault', 'empty options', `export const read = (url: string) => fetch(url, {});\n`, 'fetch', [
    '{}',
    `{ ${signal} }`,
  ]),
  fixed(
    'longDefault',
    'options in a constant',
    `const init = { method: 'POST' };\nexport const write = (url: string) => fetch(url, init);\n`,
    'fetch',
    ['(url, init)', `(url, { ...init, ${signal} })`],
  ),
  fixed(
    'longDefault',
    'options that are spread',
    `const base = { method: 'POST' };\nexport const write = (url: string) => fetch(url, { ...base });\n`,
    'fetch',
    ['...base }', `...base, ${signal} }`],
  ),
  fixed(
    'longDefault',
    'conditional options, neither bounded',
    `export const write = (url: string, dry: boolean) => fetch(url, dry ? {} : { method: 'POST' });\n`,
    'fetch',
    ["dry ? {} : { method: 'POST' }", `{ ...(dry ? {} : { method: 'POST' }), ${signal} }`],
  ),
  fixed(
    'longDefault',
    'a conditional spread',
    `export const write = (url: string, dry: boolean) => fetch(url, { ...(dry ? {} : { method: 'POST' }) });\n`,
    'fetch',
    ["'POST' }) }", `'POST' }), ${signal} }`],
  ),
  fixed(
    'longDefault',
    'options of a factory function',
    `const init = (method: string) => ({ method });\nexport const write = (url: string) => fetch(url, init('POST'));\n`,
    'fetch',
    ["init('POST')", `{ ...init('POST'), ${signal} }`],
  ),
  fixed(
    'longDefault',
    'options of Object.assign',
    `export const write = (url: string) => fetch(url, Object.assign({}, { method: 'POST' }));\n`,
    'fetch',
    ["Object.assign({}, { method: 'POST' })", `{ ...Object.assign({}, { method: 'POST' }), ${signal} }`],
  ),
  fixed(
    'longDefault',
    'options in a field',
    `export class Api {
  private readonly init = { method: 'POST' };
  write(url: string) {
    return fetch(url, this.init);
  }
}
`,
    'fetch',
    ['(url, this.init)', `(url, { ...this.init, ${signal} })`],
  ),
  fixed(
    'longDefault',
    'options of a getter',
    `export class Api {
  get init() {
    return { method: 'POST' };
  }
  write(url: string) {
    return fetch(url, this.init);
  }
}
`,
    'fetch',
    ['(url, this.init)', `(url, { ...this.init, ${signal} })`],
  ),
  fixed(
    'longDefault',
    'options of another module',
    `import { init } from './init.js';\nexport const write = (url: string) => fetch(url, init);\n`,
    'fetch',
    ['(url, init)', `(url, { ...init, ${signal} })`],
    { files: { 'init.ts': `export const init = { method: 'POST' };\n` } },
  ),
  fixed(
    'longDefault',
    'options over several lines, with comments and a comma at the end',
    `export const write = (url: string) =>
  fetch(url, {
    // What it does.
    method: 'POST', // always
  });
`,
    'fetch',
    ["'POST', //", `'POST',\n    ${signal}, //`],
  ),
  fixed(
    'longDefault',
    'a comma behind the last argument',
    `export const read = (url: string) => fetch(url /* the one */,);\n`,
    'fetch',
    ['(url ', `(url, { ${signal} } `],
  ),
  fixed('longDefault', 'an argument in parentheses', `export const read = (url: string) => fetch((url));\n`, 'fetch', [
    '((url))',
    `((url), { ${signal} })`,
  ]),
  fixed(
    'longDefault',
    'undefined in the place of options',
    `export const read = (url: string) => fetch(url, undefined);\n`,
    'fetch',
    ['undefined', `{ ${signal} }`],
  ),
  fixed(
    'longDefault',
    'a Request made here without a signal',
    `export const read = (url: string) => fetch(new Request(url));\n`,
    'fetch',
    ['Request(url)', `Request(url), { ${signal} }`],
  ),
  fixed(
    'longDefault',
    'a race that no timer runs in',
    `export const read = (url: string, other: Promise<Response>) => Promise.race([fetch(url), other]);\n`,
    'fetch',
    ['fetch(url)', `fetch(url, { ${signal} })`],
  ),
  fixed(
    'longDefault',
    'every element of a list',
    `export const all = (urls: string[]) => Promise.all(urls.map((url) => fetch(url)));\n`,
    'fetch',
    ['fetch(url)', `fetch(url, { ${signal} })`],
  ),
  fixed(
    'missing',
    'the default of one instance does not bound another',
    `import axios from 'axios';
const bounded = axios.create();
bounded.defaults.timeout = 5_000;
export const open = axios.create({ baseURL: 'https://a.test' });
export const read = () => bounded.get('https://b.test');
`,
    'axios.create',
    ["'https://a.test' }", `'https://a.test', ${timeout} }`],
  ),
];

/** Clients that are made by way of something else. */
const made: Invalid[] = [
  reported(
    'missing',
    'a request handler that limits nothing: an object of a class cannot be spread',
    `import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
export const s3 = new S3Client({ requestHandler: new NodeHttpHandler({ httpsAgent: undefined }) });
`,
    'S3Client',
    { allowUnresolved: true },
  ),
  reported(
    'missing',
    'a module of Nest whose factory gives no limit',
    `import { HttpModule } from '@nestjs/axios';
export const http = HttpModule.registerAsync({ useFactory: () => ({ baseURL: 'https://a.test' }) });
`,
    'HttpModule.registerAsync',
    { allowUnresolved: true },
  ),
];

/** A limit on one phase of a call that leaves another open. */
const phases: Invalid[] = [
  {
    name: 'a pool whose handshake nobody limits',
    code: `import pg from 'pg';\nexport const pool = new pg.Pool({ query_timeout: 1_000 });\n`,
    errors: [
      {
        messageId: 'openPhase',
        on: 'pg.Pool',
        message: 'but not on the handshake',
        suggestions: [
          {
            messageId: 'addBound',
            output: `import pg from 'pg';\nexport const pool = new pg.Pool({ query_timeout: 1_000, connectionTimeoutMillis: 5000 });\n`,
          },
        ],
      },
    ],
  },
  suggested(
    'openPhase',
    'a pool whose answers nobody waits for with a limit',
    `import pg from 'pg';\nexport const pool = new pg.Pool({ connectionTimeoutMillis: 1_000 });\n`,
    'pg.Pool',
    ['1_000 }', '1_000, query_timeout: 5000 }'],
  ),
  suggested(
    'openPhase',
    'a pool whose handshake may have a limit, and whose answers have none',
    `import pg from 'pg';
import { settings } from './settings.js';
export const pool = new pg.Pool({ connectionTimeoutMillis: settings.wait });
`,
    'pg.Pool',
    ['settings.wait }', 'settings.wait, query_timeout: 5000 }'],
    { files: { 'settings.ts': `export declare const settings: { wait: number | undefined };` } },
  ),
  suggested(
    'openPhase',
    'the server’s own limit, which a dead server does not keep',
    `import pg from 'pg';
export const pool = new pg.Pool({ connectionTimeoutMillis: 1_000, statement_timeout: 1_000 });
`,
    'pg.Pool',
    ['statement_timeout: 1_000 }', 'statement_timeout: 1_000, query_timeout: 5000 }'],
  ),
];

/** Functions that hand the options of their caller to a client. */
const merged = (caller: string, optional: boolean): string =>
  `signal: AbortSignal.any([AbortSignal.timeout(5000), ...(${caller}${optional ? '?' : ''}.signal ? [${caller}.signal] : [])])`;

const wrappers: Invalid[] = [
  fixed(
    'wrapperWithoutDefault',
    'an exported wrapper with optional options',
    `export const request = (url: string, init?: RequestInit) => fetch(url, init);\n`,
    'fetch',
    ['(url, init)', `(url, { ...init, ${merged('init', true)} })`],
  ),
  fixed(
    'wrapperWithoutDefault',
    'an exported wrapper that spreads its options: the signal goes behind them',
    `export function request(url: string, init: RequestInit = {}) {
  return fetch(url, { method: 'POST', ...init });
}
`,
    'fetch',
    ['...init }', `...init, ${merged('init', true)} }`],
  ),
  fixed(
    'wrapperWithoutDefault',
    'a wrapper whose target may be a Request: its signal is kept too',
    `export const request = (input: string | URL | Request, init?: RequestInit) => fetch(input, init);\n`,
    'fetch',
    [
      '(input, init)',
      '(input, { ...init, signal: AbortSignal.any([AbortSignal.timeout(5000), ' +
        '...(init?.signal ? [init.signal] : input instanceof Request ? [input.signal] : [])]) })',
    ],
  ),
  fixed(
    'wrapperWithoutDefault',
    'an exported factory of clients: what its caller gives wins',
    `import axios, { type CreateAxiosDefaults } from 'axios';
export const make = (options: CreateAxiosDefaults = {}) => axios.create({ baseURL: 'https://a.test', ...options });
`,
    'axios.create',
    ['{ baseURL', `{ ${timeout}, baseURL`],
  ),
  fixed(
    'wrapperWithoutDefault',
    'a limit that the caller may leave out, in shorthand',
    `import axios from 'axios';\nexport const make = (timeout?: number) => axios.create({ timeout });\n`,
    'axios.create',
    ['{ timeout }', '{ timeout: timeout ?? 5000 }'],
  ),
  fixed(
    'wrapperWithoutDefault',
    'a limit that the caller may leave out, in an option',
    `import axios from 'axios';
export const make = (options: { limitMs?: number }) => axios.create({ timeout: options.limitMs });
`,
    'axios.create',
    ['options.limitMs }', 'options.limitMs ?? 5000 }'],
  ),
  fixed(
    'wrapperWithoutDefault',
    'a subclass that hands its options on',
    `import { Axios, type AxiosRequestConfig } from 'axios';
export class Api extends Axios {
  constructor(config: AxiosRequestConfig = {}) {
    super({ baseURL: 'https://a.test', ...config } as never);
  }
}
`,
    'super',
    ['{ baseURL', `{ ${timeout}, baseURL`],
  ),
  {
    name: 'an exported wrapper is reported once, its callers are not',
    code: `export function request(url: string, init: RequestInit = {}) {
  return fetch(url, init);
}
export const read = () => request('https://a.test');
`,
    errors: [{ messageId: 'wrapperWithoutDefault', on: 'fetch', line: 2 }],
    output: `export function request(url: string, init: RequestInit = {}) {
  return fetch(url, { ...init, ${merged('init', true)} });
}
export const read = () => request('https://a.test');
`,
  },
  reported(
    'longDefault',
    'options required and handed on whole: the caller that gives no bound',
    `export const request = (url: string, init: RequestInit) => fetch(url, init);
export const bounded = () => request('https://a.test', { signal: AbortSignal.timeout(1_000) });
export const open = () => request('https://a.test', { method: 'POST' });
`,
    'request',
    { errors: [{ messageId: 'longDefault', on: 'request', line: 3 }] },
  ),
  reported(
    'longDefault',
    'a wrapper that is not exported: the caller that gives no bound',
    `const request = (url: string, init?: RequestInit) => fetch(url, init);
export const bounded = () => request('https://a.test', { signal: AbortSignal.timeout(1_000) });
export const open = () => request('https://a.test');
`,
    'request',
    { errors: [{ messageId: 'longDefault', on: 'request', line: 3 }] },
  ),
  reported(
    'longDefault',
    'a private method: the method that calls it without a bound',
    `export class Api {
  get(path: string) {
    return this.#request(path, { method: 'GET' });
  }
  quick(path: string) {
    return this.#request(path, { signal: AbortSignal.timeout(100) });
  }
  #request(path: string, init: RequestInit = {}) {
    return fetch(path, init);
  }
}
`,
    'this.#request',
    { errors: [{ messageId: 'longDefault', on: 'this.#request', line: 3 }] },
  ),
  reported(
    'longDefault',
    'a wrapper of another module whose options are required: the caller here',
    `import { request } from './request.js';\nexport const open = () => request('https://a.test', { method: 'POST' });\n`,
    'request',
    {
      files: { 'request.ts': `export const request = (url: string, init: RequestInit) => fetch(url, init);\n` },
    },
  ),
];

/** What the settings, the project and the surrounding code change about the fix or the message. */
const bare = `export const read = () => fetch('https://api.a.test/x');\n`;
const read = (value: number | string): string =>
  edited(bare, ["/x')", `/x', { signal: AbortSignal.timeout(${value}) })`]);
const streamed = (body: string): string => `import { Readable } from 'node:stream';
export async function copy(url: string, out: NodeJS.WritableStream) {
  ${body}
}
`;

const circumstances: Invalid[] = [
  {
    name: 'the message names the downstream, the client and the remedy',
    code: bare,
    errors: [
      {
        messageId: 'longDefault',
        on: 'fetch',
        message:
          'Nothing but a default of 5 min in fetch limits how long api.a.test may keep this waiting. Set `signal: AbortSignal.timeout(5000)`.',
        line: 1,
        column: 27,
        endColumn: 32,
      },
    ],
    output: read(5000),
    settings: { ignore: [] },
  },
  {
    name: 'a downstream named by the environment',
    code: `export const read = () => fetch(\`\${process.env.ORDERS_URL}/x\`);\n`,
    errors: [{ messageId: 'longDefault', message: 'ORDERS_URL' }],
    output: `export const read = () => fetch(\`\${process.env.ORDERS_URL}/x\`, { ${signal} });\n`,
  },
  {
    name: 'a downstream named by the base URL of its client',
    code: `import axios from 'axios';\nexport const http = axios.create({ baseURL: 'https://orders.test/v1' });\n`,
    errors: [{ messageId: 'missing', message: 'when orders.test stops answering, axios waits for ever' }],
    output: `import axios from 'axios';\nexport const http = axios.create({ baseURL: 'https://orders.test/v1', ${timeout} });\n`,
  },
  {
    name: 'timeoutMs of the settings',
    code: bare,
    settings: { timeoutMs: 1234 },
    errors: [{ messageId: 'longDefault' }],
    output: read(1234),
  },
  {
    name: 'the budget of a host',
    code: bare,
    settings: {
      budgets: [
        { match: 'other.test', timeoutMs: 1 },
        { match: '*.a.test', timeoutMs: 900 },
      ],
    },
    errors: [{ messageId: 'longDefault' }],
    output: read(900),
  },
  {
    name: 'the budget of a client makes the fix of a store automatic',
    code: `import pg from 'pg';\nexport const pool = new pg.Pool({ max: 5 });\n`,
    settings: { budgets: [{ match: 'pg', timeoutMs: 2_000 }] },
    errors: [{ messageId: 'missing', on: 'pg.Pool' }],
    output: `import pg from 'pg';
export const pool = new pg.Pool({ max: 5, query_timeout: 2000, connectionTimeoutMillis: 2000 });
`,
  },
  {
    name: "fix: 'suggest' keeps --fix quiet",
    code: bare,
    settings: { fix: 'suggest' },
    errors: [{ messageId: 'longDefault', suggestions: [{ messageId: 'addBound', output: read(5000) }] }],
  },
  { name: "fix: 'off'", code: bare, settings: { fix: 'off' }, errors: [{ messageId: 'longDefault', suggestions: [] }] },
  {
    name: 'a runtime that is not known to be Node has no limit that anybody knows of',
    code: bare,
    files: { 'package.json': '{ "name": "browser", "type": "module" }' },
    errors: [{ messageId: 'missing', message: 'fetch waits for ever' }],
    output: read(5000),
  },
  {
    name: 'a Node that may lack AbortSignal.timeout: a suggestion',
    code: bare,
    files: { 'package.json': '{ "name": "old", "type": "module", "engines": { "node": ">=16" } }' },
    errors: [{ messageId: 'longDefault', suggestions: [{ messageId: 'addBound', output: read(5000) }] }],
  },
  {
    name: 'a GET that Next remembers by its arguments: a suggestion',
    code: bare,
    files: { 'package.json': '{ "name": "app", "type": "module", "dependencies": { "next": "^15" } }' },
    errors: [{ messageId: 'missing', suggestions: [{ messageId: 'addBound', output: read(5000) }] }],
  },
  suggested(
    'longDefault',
    'a catch that tests for the abort, which a timeout would change',
    `export async function read(url: string) {
  try {
    return await fetch(url);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return null;
    throw error;
  }
}
`,
    'fetch',
    ['fetch(url)', `fetch(url, { ${signal} })`],
  ),
  reported(
    'longDefault',
    'a body that is piped: a lifetime would cut it',
    streamed(`const response = await fetch(url);
  Readable.fromWeb(response.body as never).pipe(out);`),
    'fetch',
  ),
  reported(
    'longDefault',
    'a body that is iterated',
    `export async function read(url: string) {
  const response = await fetch(url);
  for await (const chunk of response.body!) console.log(chunk);
}
`,
    'fetch',
  ),
  {
    name: 'a generated file, in strict: reported, never fixed',
    code: `/** @generated */\n${bare}`,
    options: { reportUnknown: true },
    errors: [{ messageId: 'longDefault', suggestions: [] }],
  },
  {
    name: "explicit: 'always' reports a short default",
    code: bare,
    options: { explicit: 'always' },
    settings: { maxDefaultMs: 600_000 },
    errors: [{ messageId: 'implicit', on: 'fetch' }],
    output: read(5000),
  },
  {
    name: 'callerOwned: a signal that only the caller limits',
    code: `export const read = (url: string, signal: AbortSignal) => fetch(url, { signal });\n`,
    options: { callerOwned: true },
    errors: [{ messageId: 'callerOwned', on: 'fetch', suggestions: [] }],
  },
  {
    name: 'reportUnknown: a client whose construction is not visible',
    code: `import type { AxiosInstance } from 'axios';
export class Api {
  constructor(private readonly http: AxiosInstance) {}
  read() {
    return this.http.get('/x');
  }
}
`,
    options: { reportUnknown: true },
    errors: [{ messageId: 'unknown', on: 'this.http.get', message: 'this call of axios', suggestions: [] }],
  },
  {
    name: 'reportUnknown: a bound on some paths only',
    code: `export const read = (url: string, patient: boolean) =>
  fetch(url, patient ? {} : { signal: AbortSignal.timeout(100) });
`,
    options: { reportUnknown: true },
    errors: [{ messageId: 'unknown', on: 'fetch', suggestions: [] }],
  },
];

/** Each of these has been reported by a checker that should have known better. */
const bounded: ValidCase<Options>[] = [
  { name: 'AbortSignal.timeout', code: `void fetch('https://a.test', { signal: AbortSignal.timeout(5_000) });` },
  {
    name: 'a signal in a constant, options in another',
    code: `const signal = AbortSignal.timeout(5_000);
const init = { method: 'POST', signal };
void fetch('https://a.test', { ...init });`,
  },
  {
    name: 'a limit as a field of the class',
    code: `export class Api {
  private readonly limitMs = 3_000;
  read(url: string) {
    return fetch(url, { signal: AbortSignal.timeout(this.limitMs) });
  }
}`,
  },
  {
    name: 'options of a getter, bounded there',
    code: `export class Api {
  get init() {
    return { signal: AbortSignal.timeout(50) };
  }
  read(url: string) {
    return fetch(url, this.init);
  }
}`,
  },
  {
    name: 'options of a factory function, bounded there',
    code: `const init = (ms: number) => ({ signal: AbortSignal.timeout(ms) });
export const read = (url: string) => fetch(url, init(100));`,
  },
  {
    name: 'options of Object.assign, one of them bounded',
    code: `export const read = (url: string) =>
  fetch(url, Object.assign({ method: 'POST' }, { signal: AbortSignal.timeout(10) }));`,
  },
  {
    name: 'options of another module, bounded there',
    code: `import { init } from './init.js';\nexport const read = (url: string) => fetch(url, init());`,
    files: { 'init.ts': `export const init = () => ({ signal: AbortSignal.timeout(100) });` },
  },
  {
    name: 'a signal that is assigned later, before the call',
    code: `export function read(url: string) {
  const init: RequestInit = {};
  init.signal = AbortSignal.timeout(100);
  return fetch(url, init);
}`,
  },
  {
    name: 'AbortSignal.any with a bounded member',
    code: `export const read = (url: string, signal: AbortSignal) =>
  fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });`,
  },
  {
    name: 'AbortSignal.any with a guarded spread, which is what the fix writes',
    code: `export const read = (url: string, signal?: AbortSignal) =>
  fetch(url, { signal: AbortSignal.any([AbortSignal.timeout(5_000), ...(signal ? [signal] : [])]) });`,
  },
  {
    name: 'a controller that a timer aborts, disarmed once the body is read',
    code: `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 5_000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}`,
  },
  {
    name: 'a controller whose signal is destructured, a timer with a bound method',
    code: `export async function read(url: string): Promise<unknown> {
  const controller = new AbortController();
  const { signal } = controller;
  setTimeout(controller.abort.bind(controller), 5_000).unref();
  return (await fetch(url, { signal })).json();
}`,
  },
  {
    name: 'a helper that makes a signal',
    code: `function after(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms).unref();
  return controller.signal;
}
export const read = (url: string) => fetch(url, { signal: after(100) });`,
  },
  {
    name: 'a Request with a signal',
    code: `export const read = (url: string) => fetch(new Request(url, { signal: AbortSignal.timeout(50) }));`,
  },
  {
    name: 'a limit by an enum',
    code: `import axios from 'axios';
enum Limit { Short = 1_000 }
export const http = axios.create({ timeout: Limit.Short });`,
  },
  {
    name: 'a limit by arithmetic',
    code: `import axios from 'axios';
const SECONDS = 1_000;
export const http = axios.create({ timeout: 5 * SECONDS });`,
  },
  {
    name: 'a limit from the environment, with a default',
    code: `import axios from 'axios';
export const http = axios.create({ timeout: Number(process.env.LIMIT_MS ?? 5_000) });`,
  },
  {
    name: 'a limit from another module, which takes it from a third',
    code: `import axios from 'axios';
import { limitMs } from './config.js';
export const http = axios.create({ timeout: limitMs });`,
    files: {
      'config.ts': `import { base } from './base.js';\nexport const limitMs = base * 2;`,
      'base.ts': `export const base = 500;`,
    },
  },
  {
    name: 'axios.defaults.timeout',
    code: `import axios from 'axios';
axios.defaults.timeout = 5_000;
export const read = () => axios.get('https://a.test');
export const http = axios.create({ baseURL: 'https://a.test' });`,
  },
  {
    name: 'axios.defaults.timeout by require',
    filename: 'case.cjs',
    code: `const axios = require('axios');
axios.defaults.timeout = 5_000;
exports.read = () => axios.get('https://a.test');`,
  },
  {
    name: 'axios.defaults.timeout, set by a module that is imported for it',
    code: `import axios from 'axios';
import './setup.js';
export const read = () => axios.get('https://a.test');`,
    files: { 'setup.ts': `import axios from 'axios';\naxios.defaults.timeout = 5_000;` },
  },
  {
    name: 'axios.defaults.timeout, set by a module that imports this one',
    code: `import axios from 'axios';
import './other.js';
axios.defaults.baseURL = 'https://a.test';
export const read = () => axios.get('/x');`,
    files: { 'other.ts': `import axios from 'axios';\nimport './case.js';\naxios.defaults.timeout = 5_000;` },
  },
  {
    name: 'the default of an instance',
    code: `import axios from 'axios';
const http = axios.create({ baseURL: 'https://a.test' });
http.defaults.timeout = 5_000;
export const read = () => http.get('/x');`,
  },
  {
    name: 'the default of an exported instance',
    code: `import axios from 'axios';
export const http = axios.create({ baseURL: 'https://a.test' });
http.defaults.timeout = 5_000;`,
  },
  {
    name: 'the default of an instance that a function builds',
    code: `import axios from 'axios';
export function connect(baseURL: string) {
  const http = axios.create({ baseURL });
  http.defaults.timeout = 5_000;
  return http;
}`,
  },
  {
    name: 'the default of an instance in a field, set by the constructor',
    code: `import axios from 'axios';
export class Api {
  protected readonly http = axios.create({ baseURL: 'https://a.test' });
  constructor() {
    this.http.defaults.timeout = 5_000;
  }
}`,
  },
  {
    name: 'several configurations, one of them with the limit',
    code: `import got from 'got';
const shared = { prefixUrl: 'https://a.test' };
export const http = got.extend(shared, { timeout: { request: 5_000 } });`,
    allowUnresolved: true,
  },
  {
    name: 'a request handler of its own',
    code: `import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
export const s3 = new S3Client({ requestHandler: new NodeHttpHandler({ socketTimeout: 5_000 }) });`,
    allowUnresolved: true,
  },
  {
    name: 'mail that another client sends',
    code: `import nodemailer from 'nodemailer';
import { ses } from './ses.js';
export const mail = nodemailer.createTransport({ SES: { ses } });`,
    files: { 'ses.ts': `export const ses: object = {};` },
    allowUnresolved: true,
  },
  {
    name: 'a number, where the project has got 11',
    code: `import got from 'got';\nexport const read = () => got('https://a.test', { timeout: 5_000 });`,
    files: { 'package.json': '{ "name": "case", "dependencies": { "got": "^11.8.6" } }' },
    allowUnresolved: true,
  },
  {
    name: 'a module of Nest whose factory gives the limit',
    code: `import { HttpModule } from '@nestjs/axios';
export const http = HttpModule.registerAsync({ useFactory: async () => ({ timeout: 5_000 }) });`,
    allowUnresolved: true,
  },
  {
    name: 'a module of Nest whose factory is a class elsewhere',
    code: `import { HttpModule } from '@nestjs/axios';
import { HttpConfig } from './config.js';
export const http = HttpModule.registerAsync({ useClass: HttpConfig });`,
    files: { 'config.ts': `export class HttpConfig {}` },
    allowUnresolved: true,
  },
  {
    name: 'a client of an SDK with a fetch of its own that has the limit',
    code: `import OpenAI from 'openai';
export const openai = new OpenAI({
  fetch: (input: string, init?: RequestInit) => fetch(input, { ...init, signal: AbortSignal.timeout(9_000) }),
});`,
    allowUnresolved: true,
  },
  {
    name: 'an unbounded client that does not leave the file, every use of it bounded',
    code: `import axios from 'axios';
const http = axios.create({ baseURL: 'https://a.test' });
export const read = () => http.get('/x', { timeout: 100 });
export const write = () => http.post('/x', {}, { signal: AbortSignal.timeout(100) });`,
  },
  {
    name: 'a bounded client of another module',
    code: `import { http } from './http.js';\nexport const read = () => http.get('/x');`,
    files: { 'http.ts': `import axios from 'axios';\nexport const http = axios.create({ timeout: 100 });` },
  },
  {
    name: 'an unbounded client of another module, which is reported there',
    code: `import { http } from './http.js';\nexport const read = () => http.get('/x');`,
    files: { 'http.ts': `import axios from 'axios';\nexport const http = axios.create();` },
  },
  {
    name: 'a cancel token counts as a signal',
    code: `import axios from 'axios';
export function read(source: import('axios').CancelTokenSource) {
  return axios.get('https://a.test', { cancelToken: source.token });
}`,
  },
  {
    name: 'a subclass that gives its base a limit',
    code: `import { Axios } from 'axios';
export class Api extends Axios {
  constructor() {
    super({ timeout: 50 });
  }
}
export const api = new Api();`,
  },
  {
    name: 'a request whose timeout event destroys it',
    code: `import http from 'node:http';
export function read(url: string) {
  const request = http.get(url, { timeout: 500 });
  request.on('timeout', () => request.destroy());
}`,
  },
  {
    name: 'a request with setTimeout and a callback that destroys it',
    code: `import http from 'node:http';
export function read(url: string) {
  http.get(url).setTimeout(500, function () {
    this.destroy();
  });
}`,
  },
  {
    name: 'a request whose setTimeout and listener stand apart',
    code: `import http from 'node:http';
export function read(url: string) {
  const request = http.get(url);
  request.setTimeout(500);
  request.once('timeout', () => {
    request.destroy(new Error('slow'));
  });
}`,
  },
  {
    name: 'a pool with a limit on each phase',
    code: `import pg from 'pg';
export const pool = new pg.Pool({ connectionTimeoutMillis: 100, query_timeout: 100 });`,
  },
  {
    name: 'Promise.race against a timer',
    code: `export const read = (url: string) =>
  Promise.race([fetch(url), new Promise((_, reject) => setTimeout(reject, 500))]);`,
  },
  {
    name: 'Promise.race against a helper that sleeps',
    code: `const late = (ms: number) => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), ms));
export async function read(url: string) {
  const work = fetch(url);
  return Promise.race([work, late(500)]);
}`,
  },
  {
    name: 'a helper of this file that races what it is given',
    code: `function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('late')), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
export const read = (url: string) => within(fetch(url), 500);`,
  },
  {
    name: 'a helper of another module that races what it calls',
    code: `import { within } from './within.js';\nexport const read = (url: string) => within(() => fetch(url), 500);`,
    files: {
      'within.ts': `export async function within<T>(work: () => Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}`,
    },
  },
  {
    name: 'a wrapper with a default, spread over',
    code: `export const request = (url: string, init: RequestInit = {}) =>
  fetch(url, { signal: AbortSignal.timeout(5_000), ...init });`,
  },
  {
    name: 'a wrapper with a default where its caller gives none',
    code: `export const request = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, signal: init.signal ?? AbortSignal.timeout(5_000) });`,
  },
  {
    name: 'a wrapper with a default limit, destructured',
    code: `import axios from 'axios';
export const make = ({ timeout = 500 }: { timeout?: number } = {}) => axios.create({ timeout });`,
  },
  {
    name: 'a wrapper whose caller must give the limit',
    code: `import axios from 'axios';
export const make = (limitMs: number) => axios.create({ timeout: limitMs });`,
  },
  {
    name: 'a wrapper whose caller must give the limit, as a member',
    code: `import axios from 'axios';
export const read = (options: { limitMs: number }) => axios.get('https://a.test', { timeout: options.limitMs });`,
  },
  {
    name: 'a member of options that are declared elsewhere: without types nobody knows whether it may be left out',
    typed: 'untyped',
    code: `import axios from 'axios';
import type { Settings } from './settings.js';
export const read = (options: Settings) => axios.get('https://a.test', { timeout: options.limitMs });`,
    files: { 'settings.ts': `export interface Settings {\n  limitMs: number;\n}` },
  },
  {
    name: 'the callers of a wrapper that has a default',
    code: `import { request } from './request.js';\nexport const read = () => request('https://a.test');`,
    files: {
      'request.ts': `export const request = (url: string, init: RequestInit = {}) =>
  fetch(url, { signal: AbortSignal.timeout(5_000), ...init });`,
    },
  },
  {
    name: 'a short default of the library is enough in recommended',
    code: bare,
    settings: { maxDefaultMs: 600_000 },
  },
];

const later: ValidCase<Options>[] = [
  {
    name: 'options of the caller, with a limit where it gives none',
    code: `import axios, { type CreateAxiosDefaults } from 'axios';
export function make(options: CreateAxiosDefaults = {}) {
  options.timeout ??= 60_000;
  return axios.create(options);
}`,
  },
  {
    name: 'a timer whose length has a default',
    code: `export async function read(url: string, limitMs = 10_000): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), limitMs);
  try {
    return await (await fetch(url, { signal: controller.signal })).json();
  } finally {
    clearTimeout(timer);
  }
}`,
  },
  {
    name: 'a limit that subclasses give',
    code: `export abstract class Base {
  protected abstract get limitMs(): number;
  read(url: string) {
    return fetch(url, { signal: AbortSignal.timeout(this.limitMs) });
  }
}`,
  },
  {
    name: 'a default import called fetch that bounds the global one',
    code: `import fetch from './fetch.js';\nexport const read = () => fetch('https://a.test');`,
    files: {
      'fetch.ts': `export default function fetch(url: string) {
  return globalThis.fetch(url, { signal: AbortSignal.timeout(100) });
}`,
    },
  },
  {
    name: 'a bounded pool made when it is first asked for',
    code: `import pg from 'pg';
let pool: pg.Pool | null = null;
function db() {
  pool ??= new pg.Pool({ connectionTimeoutMillis: 100, query_timeout: 100 });
  return pool;
}
export const all = () => db().query('select 1');`,
  },
  {
    name: 'a configuration whose limit is assigned',
    code: `import axios, { type AxiosRequestConfig } from 'axios';
export function write() {
  const config: AxiosRequestConfig = { url: '/x', method: 'post' };
  config.timeout = 500;
  return axios(config);
}`,
  },
];

const silent: ValidCase<Options>[] = [
  {
    name: 'a signal of the caller is the caller’s business',
    code: `export const read = (url: string, signal?: AbortSignal) => fetch(url, { signal });`,
  },
  {
    name: 'AbortSignal.any of callers’ signals only',
    code: `export const read = (url: string, one: AbortSignal, two: AbortSignal) =>
  fetch(url, { signal: AbortSignal.any([one, two]) });`,
  },
  {
    name: 'a Request may carry a signal',
    code: `export const read = (request: Request) => fetch(request);`,
  },
  {
    name: 'a Request may carry a signal, beside options of the caller',
    code: `export const read = (request: Request, init?: RequestInit) => fetch(request, init);`,
  },
  {
    name: 'a Request made from another one has that one’s signal',
    typed: 'typed',
    code: `export const read = (request: Request) => fetch(new Request(request, { headers: { accept: 'text/html' } }));`,
  },
  {
    name: 'what may be a Request, by the names of the DOM',
    code: `export const read = (input: RequestInfo | URL) => fetch(input);`,
    compilerOptions: { lib: ['ES2023', 'DOM'], types: [] },
  },
  {
    name: 'arguments that are handed on as a list',
    code: `export const request = (...args: Parameters<typeof fetch>) => fetch(...args);`,
  },
  {
    name: 'arguments that are handed on by apply',
    code: `export const request = (...args: Parameters<typeof fetch>) => fetch.apply(globalThis, args);`,
  },
  { name: 'a data: URL is no downstream', code: `void fetch('data:text/plain,hello');` },
  { name: 'a blob: URL is no downstream', code: `export const read = (id: string) => fetch(\`blob:\${id}\`);` },
  { name: 'a file: URL is no downstream', code: `void fetch(new URL('file:///etc/hosts'));` },
  { name: 'a generated file', code: `/**\n * @generated by a tool\n */\nvoid fetch('https://a.test');` },
  {
    name: 'a parameter called fetch',
    code: `export const read = (fetch: (key: string) => string) => fetch('https://a.test');`,
  },
  {
    name: 'a function called fetch',
    code: `function fetch(key: string) {\n  return key;\n}\nexport const read = () => fetch('https://a.test');`,
  },
  {
    name: 'an import called fetch',
    code: `import { fetch } from './own.js';\nexport const read = () => fetch('https://a.test');`,
    files: { 'own.ts': `export const fetch = (key: string) => key;` },
  },
  {
    name: 'an import called fetch of a module that is not there: unknown is not the global',
    code: `import { fetch } from './missing.js';\nexport const read = () => fetch('https://a.test');`,
    allowUnresolved: true,
  },
  {
    name: 'a method called fetch',
    code: `class Repository {
  fetch(id: string) {
    return id;
  }
  first() {
    return this.fetch('1');
  }
}
export const read = (repository: Repository) => repository.fetch('1');`,
  },
  {
    name: 'an object called axios',
    code: `const axios = { get: (key: string) => key, create: () => 1 };
export const values = [axios.get('https://a.test'), axios.create()];`,
  },
  {
    name: 'map.get, whatever the map is called',
    code: `const http = new Map<string, string>();\nexport const read = () => http.get('https://a.test');`,
  },
  {
    name: 'config.get',
    code: `import type { ConfigService } from './config.js';
export const read = (config: ConfigService) => config.get('timeout');`,
    files: { 'config.ts': `export class ConfigService {\n  get(key: string) {\n    return key;\n  }\n}` },
  },
  { name: 'URLSearchParams.get', code: `export const read = (url: URL) => url.searchParams.get('id');` },
  {
    name: 'route registrations',
    code: `import express from 'express';
const app = express();
app.get('/orders', (request, response) => response.send('[]'));
app.post('/orders', (request, response) => response.send('{}'));`,
    allowUnresolved: true,
  },
  {
    name: 'axios.isAxiosError and what else of axios makes no request',
    code: `import axios, { AxiosError } from 'axios';
export const failed = (error: unknown) =>
  axios.isAxiosError(error) || axios.isCancel(error) || error instanceof AxiosError;
export const url = axios.getUri({ url: '/x' });`,
  },
  {
    name: 'an injected client: its construction is not visible',
    code: `import type { AxiosInstance } from 'axios';
export const read = (http: AxiosInstance) => http.get('/x');`,
  },
  {
    name: 'an injected pool',
    code: `import type { Pool } from 'pg';
export class Orders {
  constructor(private readonly pool: Pool) {}
  all() {
    return this.pool.query('select 1');
  }
}`,
  },
  {
    name: 'a subclass of a client that is not constructed here',
    code: `import { Axios } from 'axios';
export class Api extends Axios {
  read() {
    return this.get('/x');
  }
}`,
  },
  {
    name: 'a configuration that cannot be resolved',
    code: `import axios, { type AxiosRequestConfig } from 'axios';
declare function load(): AxiosRequestConfig;
export const http = axios.create(load() as object);`,
  },
  {
    name: 'a configuration of another module that cannot be resolved',
    code: `import axios from 'axios';
import { base } from './base.js';
export const http = axios.create({ ...base() });`,
    files: {
      'base.ts': `import type { CreateAxiosDefaults } from 'axios';
export const base = (): CreateAxiosDefaults => JSON.parse('{}') as CreateAxiosDefaults;`,
    },
  },
  {
    name: 'a bound on some paths only',
    code: `export const read = (url: string, patient: boolean) =>
  fetch(url, patient ? {} : { signal: AbortSignal.timeout(100) });`,
  },
  {
    name: 'options required and handed on whole are the caller’s business',
    code: `export const request = (url: string, init: RequestInit) => fetch(url, init);`,
  },
  {
    name: 'a callback of unknown type may be options: without types nobody knows',
    filename: 'case.js',
    code: `import https from 'node:https';\nexport const read = (done) => https.get('https://a.test', done);`,
  },
  {
    name: 'an attempt that does not bind is another rule’s: timeout: 0',
    code: `import axios from 'axios';\nexport const http = axios.create({ timeout: 0 });`,
  },
  {
    name: 'an attempt that does not bind is another rule’s: signal: undefined',
    code: `void fetch('https://a.test', { signal: undefined });`,
  },
  {
    name: 'an attempt that does not bind is another rule’s: an option that fetch does not read',
    code: `void fetch('https://a.test', { timeout: 5_000 } as RequestInit);`,
  },
  {
    name: 'an attempt that does not bind is another rule’s: a controller that nothing aborts',
    code: `const controller = new AbortController();\nvoid fetch('https://a.test', { signal: controller.signal });`,
  },
  {
    name: 'an attempt that does not bind is another rule’s: a timer that nobody listens to',
    code: `import http from 'node:http';\nhttp.get('http://a.test', { timeout: 500 }).end();`,
  },
  { name: 'a file without network', code: `export const sum = (a: number, b: number) => a + b;` },
  { name: 'an empty file', code: '' },
];

ruleTester(rule).run({
  valid: [...bounded, ...later, ...silent],
  invalid: [...names, ...places, ...options, ...made, ...phases, ...wrappers, ...circumstances],
});

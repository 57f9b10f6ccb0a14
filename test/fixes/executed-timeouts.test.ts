/**
 * Fixes that do what they promise. The code of a case is run as it is written and as the rule mends it, against servers
 * that misbehave: what was mended ends with the library's own error while the other is still waiting.
 */
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import forwardAbortSignal from '../../rules/forward-abort-signal.js';
import noIneffectiveTimeout from '../../rules/no-ineffective-timeout.js';
import requireTimeout from '../../rules/require-timeout.js';
import { type Behaviour, drip, hang, headersOnly, startServer } from '../support/servers.js';

/** Where the packages of a case are found: this repository's, or those of the accuracy suite where it has been run. */
const modules = {
  here: fileURLToPath(new URL('../../node_modules', import.meta.url)),
  accuracy: fileURLToPath(new URL('../accuracy/node_modules', import.meta.url)),
};

const rules = {
  'require-timeout': requireTimeout,
  'no-ineffective-timeout': noIneffectiveTimeout,
  'forward-abort-signal': forwardAbortSignal,
};

interface Case {
  readonly name: string;
  readonly rule: keyof typeof rules;
  /** A module in JavaScript that exports `call(url, port)`, which gives a promise of the whole work. */
  readonly code: string;
  /** What the mended code holds, so that the case is about what it says. */
  readonly mended: string;
  /** What the call ends with. */
  readonly error: object;
  /** What the server does. Default: it takes the request and never answers. */
  readonly server?: Behaviour | 'postgres';
  /** The client speaks another protocol: a connection is all that the server sees of it. */
  readonly notHttp?: boolean;
  readonly modules?: keyof typeof modules;
}

/** No fix waits for longer than this, ms. Stores and models are only mended where a budget says the value. */
const settings = { timeoutMs: 300, budgets: [{ match: '*', timeoutMs: 300 }] };

/** A server that lets everybody in and never answers a query. */
async function startPostgres(): Promise<{ url: string; port: number; queried: Promise<void>; close: () => void }> {
  const sockets = new Set<net.Socket>();
  let onQuery = (): void => undefined;
  const queried = new Promise<void>((resolve) => {
    onQuery = resolve;
  });
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      // AuthenticationOk, ReadyForQuery
      socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]));
      socket.once('data', onQuery);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `postgres://127.0.0.1:${port}`, port, queried, close };
}

const cases: readonly Case[] = [
  {
    name: 'fetch, the answer',
    rule: 'require-timeout',
    code: `export const call = (url) => fetch(url);\n`,
    mended: 'signal: AbortSignal.timeout(300)',
    error: { name: 'TimeoutError' },
  },
  {
    name: 'fetch, the body',
    rule: 'require-timeout',
    code: `export const call = async (url) => (await fetch(url)).json();\n`,
    mended: 'signal: AbortSignal.timeout(300)',
    error: { name: 'TimeoutError' },
    server: headersOnly,
  },
  {
    name: 'fetch, a body that trickles',
    rule: 'require-timeout',
    code: `export const call = async (url) => (await fetch(url)).json();\n`,
    mended: 'signal: AbortSignal.timeout(300)',
    error: { name: 'TimeoutError' },
    server: drip(10),
  },
  {
    name: 'fetch in a wrapper whose caller gives no signal',
    rule: 'require-timeout',
    code: `export const call = (url, init) => request(url);\nexport function request(url, init = {}) {\n  return fetch(url, { ...init });\n}\n`,
    mended: 'AbortSignal.any([AbortSignal.timeout(300)',
    error: { name: 'TimeoutError' },
  },
  {
    name: 'axios, a call',
    rule: 'require-timeout',
    code: `import axios from 'axios';\nexport const call = (url) => axios.get(url);\n`,
    mended: '{ timeout: 300 }',
    error: { name: 'AxiosError', code: 'ECONNABORTED' },
  },
  {
    name: 'axios, an instance',
    rule: 'require-timeout',
    code: `import axios from 'axios';\nconst http = axios.create({});\nexport const call = (url) => http.post(url, {});\n`,
    mended: 'axios.create({ timeout: 300 })',
    error: { name: 'AxiosError', code: 'ECONNABORTED' },
  },
  {
    name: 'axios, the body',
    rule: 'require-timeout',
    code: `import axios from 'axios';\nexport const call = (url) => axios.put(url);\n`,
    mended: '(url, undefined, { timeout: 300 })',
    error: {
      name: 'AxiosError',
      message: expect.stringMatching(/stream has been aborted|timeout of 300ms exceeded/u) as string,
    },
    server: headersOnly,
  },
  {
    name: 'node:http',
    rule: 'require-timeout',
    code: `import http from 'node:http';
export const call = (url) =>
  new Promise((resolve, reject) => {
    http.get(\`\${url}/status\`, resolve).on('error', reject);
  });
`,
    mended: '/status`, { signal: AbortSignal.timeout(300) }, resolve)',
    error: { name: 'AbortError', cause: { name: 'TimeoutError' } },
  },
  {
    name: 'pg, connecting',
    rule: 'require-timeout',
    code: `import pg from 'pg';
export const call = (url, port) => new pg.Client({ host: '127.0.0.1', port, user: 'a', database: 'a' }).connect();
`,
    mended: 'connectionTimeoutMillis: 300',
    error: { message: 'timeout expired' },
    notHttp: true,
  },
  {
    name: 'pg, a query',
    rule: 'require-timeout',
    code: `import pg from 'pg';
export const call = (url, port) => new pg.Pool({ host: '127.0.0.1', port, user: 'a', database: 'a' }).query('select 1');
`,
    mended: 'query_timeout: 300',
    error: { message: 'Query read timeout' },
    server: 'postgres',
  },
  {
    name: 'undici, the answer',
    rule: 'require-timeout',
    code: `import { request } from 'undici';\nexport const call = (url) => request(url);\n`,
    mended: 'headersTimeout: 300, bodyTimeout: 300',
    error: { code: 'UND_ERR_HEADERS_TIMEOUT' },
    modules: 'accuracy',
  },
  {
    name: 'undici, the body',
    rule: 'require-timeout',
    code: `import { request } from 'undici';\nexport const call = async (url) => (await request(url)).body.text();\n`,
    mended: 'headersTimeout: 300, bodyTimeout: 300',
    error: { code: expect.stringMatching(/^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/u) as string },
    server: headersOnly,
    modules: 'accuracy',
  },
  {
    name: 'got',
    rule: 'require-timeout',
    code: `import got from 'got';\nexport const call = (url) => got(url, { retry: { limit: 0 } });\n`,
    mended: 'timeout: { request: 300 }',
    error: { name: 'TimeoutError', code: 'ETIMEDOUT', event: 'request' },
    modules: 'accuracy',
  },
  {
    name: 'node-fetch',
    rule: 'require-timeout',
    code: `import fetch from 'node-fetch';\nexport const call = (url) => fetch(url);\n`,
    mended: 'signal: AbortSignal.timeout(300)',
    error: { name: 'AbortError' },
    modules: 'accuracy',
  },
  {
    name: 'superagent',
    rule: 'require-timeout',
    code: `import superagent from 'superagent';\nexport const call = (url) => superagent.get(url);\n`,
    mended: 'timeout(300)',
    error: { code: 'ECONNABORTED', timeout: 300 },
    modules: 'accuracy',
  },
  {
    name: 'stripe',
    rule: 'require-timeout',
    code: `import Stripe from 'stripe';
export const call = (url, port) => {
  const stripe = new Stripe('sk_test_1', { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0 });
  return stripe.customers.list();
};
`,
    mended: 'timeout: 300',
    error: { type: 'StripeConnectionError' },
    modules: 'accuracy',
  },
  {
    name: 'openai',
    rule: 'require-timeout',
    code: `import OpenAI from 'openai';
export const call = (url) => {
  const openai = new OpenAI({ apiKey: 'key', baseURL: url, maxRetries: 0 });
  return openai.models.list();
};
`,
    mended: 'timeout: 300',
    error: { message: 'Request timed out.' },
    modules: 'accuracy',
  },
  {
    name: 'the AWS SDK',
    rule: 'require-timeout',
    code: `import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
export const call = (url) => {
  const s3 = new S3Client({ endpoint: url, region: 'eu-central-1', credentials, maxAttempts: 1 });
  return s3.send(new ListBucketsCommand({}));
};
`,
    mended: 'requestHandler: { socketTimeout: 300',
    error: { name: 'TimeoutError' },
    modules: 'accuracy',
  },
  {
    name: 'an option that fetch ignores',
    rule: 'no-ineffective-timeout',
    code: `export const call = (url) => fetch(url, { timeout: 300 });\n`,
    mended: '{ signal: AbortSignal.timeout(300) }',
    error: { name: 'TimeoutError' },
  },
  {
    name: 'a controller that nobody aborts',
    rule: 'no-ineffective-timeout',
    code: `export async function call(url) {
  const controller = new AbortController();
  const response = await fetch(url, { signal: controller.signal });
  return response.text();
}
`,
    mended: 'AbortSignal.any([controller.signal, AbortSignal.timeout(300)])',
    error: { name: 'TimeoutError' },
  },
  {
    name: 'a timer that is cleared before the body',
    rule: 'no-ineffective-timeout',
    code: `export async function call(url) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1500);
  let response;
  try {
    response = await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
  return response.json();
}
`,
    mended: 'AbortSignal.any([controller.signal, AbortSignal.timeout(1500)])',
    error: { name: 'TimeoutError' },
    server: headersOnly,
  },
  {
    name: 'a limit of axios that is switched off',
    rule: 'no-ineffective-timeout',
    code: `import axios from 'axios';\nexport const call = (url) => axios.get(url, { timeout: 0 });\n`,
    mended: '{ timeout: 300 }',
    error: { code: 'ECONNABORTED' },
  },
  {
    name: 'a configuration of axios in the place of the body',
    rule: 'no-ineffective-timeout',
    code: `import axios from 'axios';\nexport const call = (url) => axios.post(url, { timeout: 300 });\n`,
    mended: '(url, undefined, { timeout: 300 })',
    error: { code: 'ECONNABORTED' },
  },
  {
    name: 'a timer of node:http that nobody listens to',
    rule: 'no-ineffective-timeout',
    code: `import http from 'node:http';
export const call = (url) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { timeout: 300 });
    request.on('response', resolve);
    request.on('error', reject);
    request.end();
  });
`,
    mended: '{ signal: AbortSignal.timeout(300) }',
    error: { name: 'AbortError', cause: { name: 'TimeoutError' } },
  },
  {
    name: 'a limit of ky that is switched off',
    rule: 'no-ineffective-timeout',
    code: `import ky from 'ky';\nexport const call = (url) => ky.get(url, { timeout: false, retry: 0 });\n`,
    mended: '{ timeout: 300, retry: 0 }',
    error: { name: 'TimeoutError' },
  },
  {
    name: 'a deadline that is looked at between the calls',
    rule: 'no-ineffective-timeout',
    code: `export async function call(url) {
  const deadline = Date.now() + 300;
  while (Date.now() < deadline) {
    const response = await fetch(url);
    if (response.ok) return response;
  }
}
`,
    mended: 'signal: AbortSignal.timeout(300)',
    error: { name: 'TimeoutError' },
  },
  {
    name: 'requestTimeout of the AWS SDK, which only logs',
    rule: 'no-ineffective-timeout',
    code: `import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const logger = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
export const call = (url) => {
  const s3 = new S3Client({ endpoint: url, region: 'eu-central-1', credentials, maxAttempts: 1, requestHandler: { requestTimeout: 300, logger } });
  return s3.send(new ListBucketsCommand({}));
};
`,
    mended: 'throwOnRequestTimeout: true',
    error: { name: 'TimeoutError' },
    modules: 'accuracy',
  },
  {
    name: 'a signal that is not passed on',
    rule: 'forward-abort-signal',
    code: `const load = (url, signal) => {
  signal.throwIfAborted();
  return fetch(url);
};
export const call = (url) => load(url, AbortSignal.timeout(300));
`,
    mended: 'fetch(url, { signal })',
    error: { name: 'TimeoutError' },
  },
  {
    name: 'a signal that is not merged with a limit',
    rule: 'forward-abort-signal',
    code: `import axios from 'axios';
const load = (url, { signal: stop } = {}) => {
  stop?.throwIfAborted();
  return axios.get(url, { signal: AbortSignal.timeout(3_600_000) });
};
export const call = (url) => load(url, { signal: AbortSignal.timeout(300) });
`,
    mended: 'AbortSignal.any([AbortSignal.timeout(3_600_000), ...(stop ? [stop] : [])])',
    error: { name: 'CanceledError', code: 'ERR_CANCELED' },
  },
  {
    name: 'a signal that stops at a function between',
    rule: 'forward-abort-signal',
    code: `async function load(url, signal) {
  signal?.throwIfAborted();
  return (await fetch(url, { signal })).json();
}
function report(url, signal) {
  signal.throwIfAborted();
  return load(url);
}
export const call = (url) => report(url, AbortSignal.timeout(300));
`,
    mended: 'return load(url, signal);',
    error: { name: 'TimeoutError' },
    server: headersOnly,
  },
];

describe('code that is mended ends, as it was it waits', () => {
  let root: string;
  const folders = new Map<keyof typeof modules, string>();

  beforeAll(() => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-executed-')));
    for (const [name, target] of Object.entries(modules) as [keyof typeof modules, string][]) {
      const folder = path.join(root, name);
      fs.mkdirSync(folder);
      fs.symlinkSync(target, path.join(folder, 'node_modules'), 'junction');
      fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "engines": { "node": ">=20.19" } }');
      folders.set(name, folder);
    }
  });
  afterAll(() => {
    fs.rmSync(root, { recursive: true, force: true });
  });

  /** The code after the rule's fixes, or after its one suggestion. */
  function mend(rule: Case['rule'], code: string, filename: string): string {
    const linter = new Linter({ cwd: path.dirname(filename) });
    const config: Linter.Config = {
      languageOptions: { parser, sourceType: 'module' },
      settings: { resilience: settings },
      plugins: { resilience: { rules: { [rule]: rules[rule] as never } } },
      rules: { [`resilience/${rule}`]: 'error' },
    };
    const { fixed, output } = linter.verifyAndFix(code, config, { filename });
    if (fixed) return output;
    const [report] = linter.verify(code, config, { filename });
    const fix = report?.suggestions?.[0]?.fix;
    return fix ? code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]) : code;
  }

  async function load(file: string, code: string): Promise<(url: string, port: number) => Promise<unknown>> {
    fs.writeFileSync(file, code);
    const loaded = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { call: never };
    return loaded.call;
  }

  cases.forEach((item, index) => {
    const { name, rule, code, mended, error, server: behaviour = hang, notHttp = false, modules: from = 'here' } = item;
    test.skipIf(!fs.existsSync(modules[from]))(`${rule}: ${name}`, async () => {
      const file = path.join(folders.get(from)!, `case${index}.js`);
      const text = mend(rule, code, file);
      expect(text).toContain(mended);
      const before = await load(file, code);
      const after = await load(file.replace(/\.js$/u, '-mended.js'), text);

      const server = behaviour === 'postgres' ? await startPostgres() : await startServer(behaviour);
      onTestFinished(() => server.close());
      let ended = false;
      const end = (): void => {
        ended = true;
      };
      before(server.url, server.port).then(end, end);
      // The server has what it will not answer before the other one begins.
      if ('queried' in server) await server.queried;
      else await server.until(({ connections, requests }) => requests.length > 0 || (notHttp && connections > 0));
      await expect(after(server.url, server.port)).rejects.toMatchObject(error);
      expect(ended).toBe(false);
    });
  });
});

import rule from '../../rules/require-status-check.js';
import { ruleTester } from '../support/rule-tester.js';

ruleTester(rule).run({
  valid: [
    {
      name: 'ok is tested',
      code: `export async function load(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error('no');
  return response.json();
}`,
    },
    {
      name: 'the status travels on with the body',
      code: `export async function load(url: string) {
  const response = await fetch(url);
  return { status: response.status, body: await response.text() };
}`,
    },
    {
      name: 'a helper of this file checks it',
      code: `function assertOk(response: Response): Response {
  if (!response.ok) throw new Error(String(response.status));
  return response;
}
export const load = (url: string) => fetch(url).then(assertOk).then((response) => response.json());`,
    },
    {
      name: 'a helper of another file checks it',
      files: {
        'check.ts': `export async function read(r: Response) { if (r.status >= 400) throw new Error('x'); return r.json(); }`,
      },
      code: `import { read } from './check.js';
export async function load(url: string) {
  return read(await fetch(url));
}`,
    },
    {
      name: 'a wrapper of another file checks before it hands the answer on',
      files: {
        'http.ts': `export async function get(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error('no');
  return response;
}`,
      },
      code: `import { get } from './http.js';
export const load = async (id: string) => (await get('https://a.test/' + id)).json();`,
    },
    {
      name: 'the answer is given back: its caller may look',
      code: `export const get = (url: string) => fetch(url);`,
    },
    {
      name: 'the body is not used',
      code: `export async function ping(url: string) { const response = await fetch(url); await response.text(); }
export async function beacon(url: string) { await fetch(url, { method: 'POST' }); }
export async function cancel(url: string) { const response = await fetch(url); await response.body?.cancel(); }`,
    },
    {
      name: 'a body that a schema checks is not known to be wrong',
      code: `declare const Rates: { parse(value: unknown): { rate: number } };
export async function load(url: string) {
  const response = await fetch(url);
  return Rates.parse(await response.json());
}`,
    },
    {
      name: 'a body that is branched on is not known to be wrong',
      code: `export async function load(url: string) {
  const response = await fetch(url);
  const data = (await response.json()) as { error?: string; rate: number };
  if (data.error) throw new Error(data.error);
  return data.rate;
}`,
    },
    {
      name: 'an answer that goes to a function that cannot be seen',
      code: `export async function load(url: string, read: (response: Response) => Promise<unknown>) {
  return read(await fetch(url));
}`,
    },
    {
      name: 'data and file URLs have no status',
      code: `export const decode = async (text: string) => (await fetch(\`data:text/plain,\${text}\`)).arrayBuffer();
export const load = async () => (await fetch('file:///etc/hosts')).text();`,
    },
    {
      name: 'clients that reject by themselves',
      code: `import axios from 'axios';
export const load = async (url: string) => (await axios.get(url)).data;`,
    },
    {
      name: 'the content type decides',
      code: `export async function load(url: string) {
  const response = await fetch(url);
  if (!response.headers.get('content-type')?.includes('json')) return null;
  return response.json();
}`,
    },
    {
      name: 'two at once, each looked at',
      code: `export async function load(a: string, b: string) {
  const [first, second] = await Promise.all([fetch(a), fetch(b)]);
  if (!first.ok || !second.ok) throw new Error('no');
  return [await first.json(), await second.json()];
}`,
    },
  ],
  invalid: [
    {
      name: 'a body that is returned',
      code: `export async function load(url: string) {
  const response = await fetch(url);
  return response.json();
}`,
      errors: [{ messageId: 'unchecked', on: 'fetch' }],
      output: `export async function load(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(\`The request failed with status \${response.status}\`);
  return response.json();
}`,
    },
    {
      name: 'a chain, with the host in the error',
      code: `export const load = () => fetch('https://api.example.com/rates').then((r) => r.json());`,
      errors: [{ messageId: 'unchecked' }],
      output: `export const load = () => fetch('https://api.example.com/rates').then((r) => { if (!r.ok) throw new Error(\`api.example.com answered with status \${r.status}\`); return r.json(); });`,
    },
    {
      name: 'no name for the answer',
      code: `export async function load(url: string): Promise<unknown> {
  return await (await fetch(url, { method: 'POST' })).json();
}`,
      errors: [{ messageId: 'unchecked' }],
      output: `export async function load(url: string): Promise<unknown> {
  return await fetch(url, { method: 'POST' }).then((response) => { if (!response.ok) throw new Error(\`The request failed with status \${response.status}\`); return response.json(); });
}`,
    },
    {
      name: 'the status is only logged',
      code: `export async function load(url: string) {
  const response = await fetch(url);
  console.log(\`\${url}: \${response.status}\`);
  return response.json();
}`,
      errors: [{ messageId: 'onlyLogged' }],
      output: `export async function load(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(\`The request failed with status \${response.status}\`);
  console.log(\`\${url}: \${response.status}\`);
  return response.json();
}`,
    },
    {
      name: 'what is missing has a stand-in: the team decides',
      code: `export async function load(url: string) {
  const response = await fetch(url);
  const data = (await response.json()) as { items?: string[] };
  return data.items ?? [];
}`,
      errors: [
        {
          messageId: 'unchecked',
          suggestions: [
            {
              messageId: 'addCheck',
              output: `export async function load(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(\`The request failed with status \${response.status}\`);
  const data = (await response.json()) as { items?: string[] };
  return data.items ?? [];
}`,
            },
          ],
        },
      ],
    },
    {
      name: 'a wrapper of another file hands the answer on, and nobody looks',
      files: { 'http.ts': `export const get = async (path: string) => fetch('https://a.test' + path);` },
      code: `import { get } from './http.js';
export async function load(id: string) {
  const answer = await get(id);
  return answer.json();
}`,
      errors: [{ messageId: 'unchecked', on: 'get' }],
      output: `import { get } from './http.js';
export async function load(id: string) {
  const answer = await get(id);
  if (!answer.ok) throw new Error(\`a.test answered with status \${answer.status}\`);
  return answer.json();
}`,
    },
    {
      name: 'a wrapper that only this file calls',
      code: `const get = (url: string) => fetch(url);
export async function load(url: string) {
  const answer = await get(url);
  return answer.json();
}`,
      errors: [{ messageId: 'unchecked', on: 'fetch', line: 1 }],
    },
    {
      name: 'a helper that reads the body without a look',
      code: `const read = (response: Response) => response.json();
export async function load(url: string) {
  return read(await fetch(url));
}`,
      errors: [{ messageId: 'unchecked', on: 'fetch' }],
    },
    {
      name: 'a stream that is piped',
      code: `import { Readable } from 'node:stream';
import { createWriteStream } from 'node:fs';
export async function download(url: string, file: string) {
  const response = await fetch(url);
  Readable.fromWeb(response.body as never).pipe(createWriteStream(file));
}`,
      errors: [{ messageId: 'unchecked' }],
      output: `import { Readable } from 'node:stream';
import { createWriteStream } from 'node:fs';
export async function download(url: string, file: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(\`The request failed with status \${response.status}\`);
  Readable.fromWeb(response.body as never).pipe(createWriteStream(file));
}`,
    },
    {
      name: 'strict: a body that a schema checks',
      options: { reportUnknown: true },
      code: `declare const Rates: { parse(value: unknown): { rate: number } };
export async function load(url: string) {
  const response = await fetch(url);
  return Rates.parse(await response.json());
}`,
      errors: [{ messageId: 'unknown', message: 'the body is validated' }],
    },
  ],
});

/**
 * Isolation fixes that do what they promise, run against servers on loopback: a limiter keeps to its number, a breaker stops
 * calling what fails and calls it again, a status that says "error" ends in one, a failure is told of.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { rules } from '../../rules/index.js';
import { type Behaviour, startServer, type TestServer } from '../support/servers.js';

let folder = '';

beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-isolation-')));
  fs.symlinkSync(
    fileURLToPath(new URL('../../node_modules', import.meta.url)),
    path.join(folder, 'node_modules'),
    'junction',
  );
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Mend {
  readonly rule: keyof typeof rules;
  readonly code: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly settings?: object;
  readonly options?: object;
  /** The suggestion to take, where there is no fix. */
  readonly suggestion?: string;
  readonly files?: Readonly<Record<string, string>>;
}

let cases = 0;

/** A module, mended by a rule and loaded. */
async function mended({
  rule,
  code,
  dependencies = {},
  settings = {},
  options = {},
  suggestion,
  files = {},
}: Mend): Promise<Record<string, (...args: never[]) => Promise<unknown>>> {
  const own = path.join(folder, `case${++cases}`);
  fs.mkdirSync(own);
  const write = (name: string, text: string): string => {
    const file = path.join(own, name);
    fs.writeFileSync(file, text);
    return file;
  };
  write('package.json', JSON.stringify({ name: 'case', type: 'module', dependencies }));
  for (const [name, text] of Object.entries(files)) write(name, text);
  const file = write('case.js', code);
  const linter = new Linter({ cwd: own });
  const config: Linter.Config = {
    languageOptions: { parser: parser },
    settings: { resilience: settings },
    plugins: { resilience: { rules: rules as never } },
    rules: { [`resilience/${rule}`]: ['error', options] },
  };
  let output = linter.verifyAndFix(code, [config], { filename: file }).output;
  if (suggestion !== undefined) {
    const offered = linter.verify(code, [config], { filename: file }).flatMap((message) => message.suggestions ?? []);
    const fix = offered.find(({ messageId }) => messageId === suggestion)?.fix;
    expect(fix, 'the suggestion is offered').toBeDefined();
    output = fix ? code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]) : code;
  }
  expect(output).not.toBe(code);
  expect(linter.verify(output, [config], { filename: file })).toEqual([]);
  fs.writeFileSync(file, output);
  return (await import(pathToFileURL(file).href)) as never;
}

async function serve(behaviour: Behaviour): Promise<TestServer> {
  const server = await startServer(behaviour);
  onTestFinished(() => server.close());
  return server;
}

const fails: Behaviour = (_request, response) => {
  response.writeHead(500).end('no');
};
const works: Behaviour = (_request, response) => {
  response.writeHead(200).end('ok');
};
const refuses: Behaviour = (_request, response) => {
  response.writeHead(404).end('who?');
};

describe('no-unbounded-concurrency', () => {
  const code = `const load = async (url) => (await fetch(url)).text();
export async function all(url, n) {
  const urls = Array.from({ length: n }, (_, index) => url + '/' + index);
  return Promise.all(urls.map((item) => load(item)));
}
`;

  test.each(['p-limit', 'p-map'])('%s: no more than three requests are in flight', async (limiter) => {
    let inFlight = 0;
    let most = 0;
    const server = await serve((request, response) => {
      most = Math.max(most, ++inFlight);
      // Answered when all that may come have come.
      setImmediate(() => {
        inFlight--;
        response.end(request.path);
      });
    });
    const { all } = await mended({
      rule: 'no-unbounded-concurrency',
      code,
      dependencies: { [limiter]: '*' },
      settings: { concurrency: 3 },
    });
    const texts = await all!(server.url as never, 20 as never);
    expect(texts).toEqual(Array.from({ length: 20 }, (_, index) => `/${index}`));
    expect(most).toBeLessThanOrEqual(3);
    expect(server.requests).toHaveLength(20);
  });
});

describe('no-unguarded-client', () => {
  const code = `import axios from 'axios';
export const load = (url) => axios.get(url);
`;

  test.each([
    ['addCockatiel', /open/i],
    ['addOpossum', /open/i],
  ])('%s: an open breaker calls nothing, and 4xx do not open it', async (suggestion, open) => {
    const server = await serve(refuses);
    const { load } = await mended({ rule: 'no-unguarded-client', code, options: { when: 'always' }, suggestion });
    for (let n = 0; n < 12; n++) await expect(load!(server.url as never)).rejects.toThrow('404');
    expect(server.requests).toHaveLength(12);
    server.behave(fails);
    // Enough that more than half of all calls have failed.
    let rejection = '';
    for (let n = 0; n < 40 && !open.test(rejection); n++) {
      rejection = await load!(server.url as never).then(String, String);
    }
    expect(rejection).toMatch(open);
    const before = server.requests.length;
    await expect(load!(server.url as never)).rejects.toThrow(open);
    expect(server.requests).toHaveLength(before);
  });

  test('the policy of the project: it stops calling, and calls again when it is half open', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const server = await serve(fails);
    const module = await mended({
      rule: 'no-unguarded-client',
      code,
      settings: { policy: { module: './policies.js', export: 'policy' } },
      files: {
        'policies.js': `import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
export const policy = circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(3) });
`,
      },
    });
    for (let n = 0; n < 10; n++) await expect(module['load']!(server.url as never)).rejects.toThrow();
    expect(server.requests).toHaveLength(3);
    server.behave(works);
    await expect(module['load']!(server.url as never)).rejects.toThrow();
    expect(server.requests).toHaveLength(3);
    vi.setSystemTime(Date.now() + 61_000);
    await expect(module['load']!(server.url as never)).resolves.toMatchObject({ data: 'ok' });
    expect(server.requests).toHaveLength(4);
  });
});

describe('no-misused-guard', () => {
  test('a breaker that is made once opens', async () => {
    const server = await serve((_request, response) => response.destroy());
    const { load } = await mended({
      rule: 'no-misused-guard',
      code: `import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
export async function load(url) {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(2) });
  return breaker.execute(() => fetch(url));
}
`,
    });
    for (let n = 0; n < 6; n++) await expect(load!(server.url as never)).rejects.toThrow();
    // undici sends a request that was cut off once more on a new connection: what counts is that calls end.
    const before = server.requests.length;
    await expect(load!(server.url as never)).rejects.toThrow();
    expect(server.requests).toHaveLength(before);
  });
});

describe('require-status-check', () => {
  test.each([
    `export async function load(url) {
  const response = await fetch(url);
  return response.text();
}
`,
    `export const load = (url) => fetch(url).then((response) => response.text());
`,
    `export const load = async (url) => (await fetch(url)).text();
`,
  ])('a 500 is an error, a 200 is what it was: %#', async (code) => {
    const server = await serve(fails);
    const { load } = await mended({ rule: 'require-status-check', code });
    await expect(load!(server.url as never)).rejects.toThrow('500');
    server.behave(works);
    await expect(load!(server.url as never)).resolves.toBe('ok');
  });
});

describe('no-swallowed-failure', () => {
  test('the project is told of what failed, and the rest is as before', async () => {
    const module = await mended({
      rule: 'no-swallowed-failure',
      code: `export { seen } from './failures.js';
export async function load(url) {
  try {
    return await (await fetch(url)).text();
  } catch {
    return '';
  }
}
export const other = (url) => fetch(url).catch(() => null);
`,
      settings: { onFailure: { module: './failures.js', export: 'onFailure' } },
      files: {
        'failures.js': `const failures = [];
export const onFailure = (error) => { failures.push(error); };
export const seen = async () => failures;
`,
      },
    });
    const server = await serve((_request, response) => response.destroy());
    await expect(module['load']!(server.url as never)).resolves.toBe('');
    await expect(module['other']!(server.url as never)).resolves.toBeNull();
    expect(await module['seen']!()).toHaveLength(2);
  });
});

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface SdkOptions {
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  readonly onResponse?: (response: Response) => void | Promise<void>;
}

interface Token {
  readonly access_token: string;
}

export class Sdk {
  readonly #fetch: typeof fetch;

  constructor(private readonly options: SdkOptions) {
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  async token(code: string): Promise<string> {
    // expect: require-status-check/unchecked
    const response = await this.#fetch(`${this.options.baseUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ code }),
    });
    const { access_token: token } = (await response.json()) as Token;
    return token;
  }

  async me(token: string): Promise<unknown> {
    // ok: require-status-check -- a status of its own, and the rest
    const response = await this.#fetch(`${this.options.baseUrl}/me`, { headers: { authorization: token } });
    if (response.status === 401) throw new Error('signed out');
    if (!response.ok) throw new Error(`me: ${response.status}`);
    return response.json();
  }

  async request<T>(path: string, init: RequestInit = {}): Promise<T> {
    // ok: require-status-check -- looked at before the body is returned
    const response = await this.#fetch(`${this.options.baseUrl}${path}`, init);
    const body = (await response.json()) as { message?: string };
    if (!response.ok) throw new Error(body.message ?? 'no message');
    return body as T;
  }

  async download(path: string, file: string): Promise<void> {
    // expect: require-status-check/unchecked
    const { body } = await this.#fetch(`${this.options.baseUrl}${path}`);
    if (body) await pipeline(Readable.fromWeb(body as never), createWriteStream(file));
  }

  async lines(path: string): Promise<string[]> {
    // expect: require-status-check/unchecked
    const response = await this.#fetch(`${this.options.baseUrl}${path}`);
    const found: string[] = [];
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) found.push(decoder.decode(part as Uint8Array));
    return found;
  }

  async graphql<T>(query: string): Promise<T> {
    // unknown: require-status-check -- errors stand in the body
    const response = await this.#fetch(`${this.options.baseUrl}/graphql`, {
      method: 'POST',
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown[] };
    if (errors?.length) throw new AggregateError(errors, 'query failed');
    return data;
  }

  async text(path: string): Promise<string> {
    let response: Response;
    try {
      // expect: require-status-check/unchecked
      response = await this.#fetch(`${this.options.baseUrl}${path}`);
    } catch (cause) {
      throw new Error(`no answer from ${path}`, { cause });
    }
    return response.text();
  }

  async textChecked(path: string): Promise<string> {
    let response: Response | undefined;
    for (const base of [this.options.baseUrl, 'https://backup.test']) {
      // ok: require-status-check -- looked at in the loop
      response = await this.#fetch(base + path);
      if (response.ok) break;
    }
    if (!response?.ok) throw new Error(`no good answer: ${path}`);
    return response.text();
  }

  async either(path: string, fresh: boolean): Promise<unknown> {
    const url = this.options.baseUrl + path;
    // expect: require-status-check/unchecked, require-status-check/unchecked
    const response = fresh ? await this.#fetch(url, { cache: 'no-store' }) : await this.#fetch(url);
    return response.json();
  }

  async toleratesBadJson(path: string): Promise<unknown> {
    // expect: require-status-check/unchecked
    const response = await this.#fetch(`${this.options.baseUrl}${path}`);
    // expect: no-swallowed-failure/swallowed
    return response.json().catch(() => null);
  }

  async hooks(path: string): Promise<unknown> {
    // unknown: require-status-check -- a hook of the caller may look at it
    const response = await this.#fetch(`${this.options.baseUrl}${path}`);
    await this.options.onResponse?.(response);
    return response.json();
  }

  async result(path: string): Promise<{ ok: boolean; value: unknown }> {
    // ok: require-status-check -- the result says it
    const response = await this.#fetch(`${this.options.baseUrl}${path}`);
    return { ok: response.ok, value: await response.json() };
  }

  async retryable(path: string): Promise<unknown> {
    // ok: require-status-check -- a loop on the status
    let response = await this.#fetch(`${this.options.baseUrl}${path}`);
    for (let left = 3; !response.ok && left > 0; left -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 2 ** (3 - left) * 100 * Math.random()));
      // ok: require-status-check -- the loop's head looks at it
      response = await this.#fetch(`${this.options.baseUrl}${path}`);
    }
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  }

  async notModified(path: string, etag: string): Promise<unknown> {
    // ok: require-status-check -- looks at it
    const response = await this.#fetch(`${this.options.baseUrl}${path}`, { headers: { 'if-none-match': etag } });
    if (response.status === 304) return undefined;
    return response.json();
  }
}

export async function forwarded(path: string, reply: { status(code: number): { send(body: string): void } }) {
  // ok: require-status-check -- the status goes on
  const upstream = await fetch(`https://upstream.test${path}`);
  reply.status(upstream.status).send(await upstream.text());
}

export async function forwardedBlind(path: string, reply: { send(body: string): void }) {
  // expect: require-status-check/unchecked
  const upstream = await fetch(`https://upstream.test${path}`);
  reply.send(await upstream.text());
}

const check = (response: Response): boolean => response.ok && response.status !== 204;

export async function viaPredicate(path: string): Promise<unknown> {
  // ok: require-status-check -- a predicate that looks
  const response = await fetch(`https://upstream.test${path}`);
  if (!check(response)) throw new Error(path);
  return response.json();
}

export async function viaAlias(path: string): Promise<unknown> {
  // ok: require-status-check -- kept in a variable, and looked at
  const response = await fetch(`https://upstream.test${path}`);
  const failed = !response.ok;
  if (failed) throw new Error(path);
  return response.json();
}

// ok: require-status-check -- data: is no downstream
export const inline = async () => (await fetch('data:application/json,{}')).json();

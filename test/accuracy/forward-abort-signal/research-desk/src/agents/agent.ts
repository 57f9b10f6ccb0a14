import OpenAI from 'openai';
import { retry, handleAll, ExponentialBackoff, timeout, TimeoutStrategy } from 'cockatiel';
import pRetry from 'p-retry';
import { setTimeout as sleep } from 'node:timers/promises';
import { getJson, postJson, search, type RequestOptions } from '../lib/api.js';

const openai = new OpenAI({ timeout: 20_000 });
const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });
const limit = timeout(5000, TimeoutStrategy.Aggressive);

interface RunContext {
  readonly signal: AbortSignal;
  readonly user: string;
}

interface ToolInput {
  readonly term: string;
}

export class Agent {
  constructor(
    private readonly signal: AbortSignal,
    private readonly model = 'gpt-4o-mini',
  ) {}

  async think(prompt: string): Promise<string> {
    // expect: forward-abort-signal/notForwarded
    const answer = await openai.chat.completions.create({
      model: this.model,
      messages: [{ role: 'user', content: prompt }],
    });
    return answer.choices[0]?.message.content ?? '';
  }

  async act(prompt: string): Promise<string> {
    // ok: forward-abort-signal -- the field is passed
    const answer = await openai.responses.create({ model: this.model, input: prompt }, { signal: this.signal });
    return answer.output_text;
  }

  async look(url: string): Promise<string> {
    // ok: forward-abort-signal, require-timeout -- merged with a limit
    const response = await fetch(url, { signal: AbortSignal.any([this.signal, AbortSignal.timeout(5000)]) });
    return response.text();
  }
}

export const tools = {
  search: async (input: ToolInput, context: RunContext): Promise<string[]> => {
    // ok: forward-abort-signal -- passed
    return search(input.term, { signal: context.signal });
  },
  async summarise(input: ToolInput, { user }: RunContext): Promise<unknown> {
    // expect: forward-abort-signal/notForwardedThrough|notForwarded
    return getJson(`/summaries?term=${input.term}&user=${user}`);
  },
  async bookmark(input: ToolInput, context: RunContext): Promise<void> {
    // expect: forward-abort-signal/notForwardedThrough|notForwarded
    await postJson('/bookmarks', { term: input.term, user: context.user });
  },
};

export async function crawl(urls: string[], options: RequestOptions): Promise<string[]> {
  const pages: string[] = [];
  for (const url of urls) {
    if (options.signal?.aborted) break;
    // expect: forward-abort-signal/notForwarded
    const response = await fetch(url, { signal: AbortSignal.timeout(options.timeoutMs ?? 4000) });
    pages.push(await response.text());
    await sleep(200, undefined, { signal: options.signal });
  }
  return pages;
}

export function guarded(url: string): Promise<Response> {
  return policy.execute(({ signal }) => {
    signal.throwIfAborted();
    // expect: forward-abort-signal/notForwarded
    return fetch(url, { signal: AbortSignal.timeout(3000) });
  });
}

export function guardedRight(url: string): Promise<Response> {
  // ok: forward-abort-signal -- the policy's signal
  return policy.execute(({ signal }) => fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(3000)]) }));
}

export async function limited(url: string, signal: AbortSignal): Promise<string> {
  return limit.execute(async () => {
    // expect: forward-abort-signal/notForwarded
    const response = await fetch(url);
    return response.text();
  }, signal);
}

export async function persistent(url: string, signal: AbortSignal): Promise<string> {
  return pRetry(
    async () => {
      // expect: forward-abort-signal/notForwarded
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      return response.text();
    },
    { retries: 3, randomize: true, signal },
  );
}

export async function batch(urls: string[], signal: AbortSignal): Promise<Response[]> {
  // ok: forward-abort-signal -- shorthand in a nested function
  return Promise.all(urls.map((url) => fetch(url, { method: 'HEAD', signal })));
}

export async function batchWithout(urls: string[], abortSignal: AbortSignal): Promise<Response[]> {
  abortSignal.throwIfAborted();
  return Promise.all(
    // expect: forward-abort-signal/notForwarded
    urls.map(async (url) => fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(1000) })),
  );
}

export async function linked(url: string, signal: AbortSignal): Promise<string> {
  const controller = new AbortController();
  signal.addEventListener('abort', () => {
    controller.abort(signal.reason);
  });
  const timer = setTimeout(() => {
    controller.abort();
  }, 4000);
  try {
    // ok: forward-abort-signal, require-timeout -- linked by a listener
    const response = await fetch(url, { signal: controller.signal });
    return await response.text();
  } finally {
    clearTimeout(timer);
  }
}

export function shutdown(signals: NodeJS.Signals[]): void {
  for (const signal of signals) {
    // ok: forward-abort-signal -- another kind of signal
    process.on(
      signal,
      () => void fetch('https://papers.example/bye', { method: 'POST', signal: AbortSignal.timeout(500) }),
    );
  }
}

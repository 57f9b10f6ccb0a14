import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import axios from 'axios';
import OpenAI from 'openai';
import pg from 'pg';
import type { RunOptions, Settings } from './types.js';
import { fetchTool, readSecret } from './tools.js';

const openai = new OpenAI({ apiKey: 'key', timeout: 20_000 });
const s3 = new S3Client({ requestHandler: { connectionTimeout: 1000, socketTimeout: 5000 } });
const pool = new pg.Pool({ host: 'runs', connectionTimeoutMillis: 1000, query_timeout: 3000 });

export class Agent {
  private readonly controller = new AbortController();

  constructor(
    private readonly settings: Settings,
    private readonly signal: AbortSignal,
  ) {}

  stop(): void {
    this.controller.abort();
  }

  async plan(prompt: string): Promise<string | null> {
    // expect: forward-abort-signal/notForwarded
    const result = await openai.chat.completions.create({
      model: this.settings.model,
      messages: [{ role: 'user', content: prompt }],
    });
    this.signal.throwIfAborted();
    return result.choices[0]?.message.content ?? null;
  }

  async act(prompt: string): Promise<string | null> {
    // ok: forward-abort-signal -- passed on
    const result = await openai.chat.completions.create(
      { model: this.settings.model, messages: [{ role: 'user', content: prompt }] },
      { signal: this.signal },
    );
    return result.choices[0]?.message.content ?? null;
  }

  async memory(key: string): Promise<string | undefined> {
    // ok: forward-abort-signal -- passed on, as the SDK names it
    const object = await s3.send(new GetObjectCommand({ Bucket: 'memory', Key: key }), { abortSignal: this.signal });
    return object.Body?.transformToString();
  }

  async observe(url: string): Promise<unknown> {
    const signal = AbortSignal.any([this.signal, this.controller.signal, AbortSignal.timeout(4000)]);
    // ok: forward-abort-signal -- merged
    const response = await fetch(url, { signal });
    return response.json();
  }
}

export async function run(prompt: string, options: RunOptions): Promise<unknown> {
  // expect: forward-abort-signal/notForwarded
  const plan = await fetch('https://planner.test', { method: 'POST', body: prompt, signal: AbortSignal.timeout(5000) });
  // ok: forward-abort-signal -- passed on
  const run = await fetch('https://runner.test', {
    method: 'POST',
    body: await plan.text(),
    signal: options.signal ?? null,
  });
  return run.json();
}

export async function useTools(names: string[], signal: AbortSignal): Promise<unknown[]> {
  const secret = await readSecret('tools', { signal });
  return Promise.all(
    names.map((name) =>
      // expect: forward-abort-signal/notForwardedThrough
      fetchTool(name, { secret }),
    ),
  );
}

export async function describeTools(names: string[], signal?: AbortSignal): Promise<unknown[]> {
  const described: unknown[] = [];
  for (const name of names) {
    if (signal?.aborted) break;
    // ok: forward-abort-signal -- passed on
    described.push(await fetchTool(name, { secret: '', signal }));
  }
  return described;
}

export async function record(runId: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // ok: forward-abort-signal -- pg takes no signal
  await pool.query('INSERT INTO runs (id) VALUES ($1)', [runId]);
}

export async function load(runId: string, signal: AbortSignal): Promise<unknown> {
  const object = await s3.send(
    // ok: forward-abort-signal -- no request by itself
    new GetObjectCommand({ Bucket: 'runs', Key: runId }),
    { abortSignal: signal },
  );
  return object.Body?.transformToString();
}

export async function drop(runId: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // expect: forward-abort-signal/notForwarded
  await axios.delete(`https://runs.test/${runId}`, { timeout: 3000 });
}

export async function withCleanup(runId: string, settings: Settings): Promise<unknown> {
  const lock = await fetch(`https://locks.test/${runId}`, { method: 'PUT', signal: settings.abortSignal ?? null });
  try {
    // expect: forward-abort-signal/notForwarded
    const response = await fetch(`https://runs.test/${runId}`, { signal: AbortSignal.timeout(5000) });
    return await response.json();
  } catch (error) {
    // ok: forward-abort-signal -- in a catch
    await fetch(`https://runs.test/${runId}/failed`, { method: 'POST', signal: AbortSignal.timeout(1000) });
    throw error;
  } finally {
    // ok: forward-abort-signal -- in a finally
    await fetch(`https://locks.test/${runId}`, {
      method: 'DELETE',
      headers: { etag: lock.headers.get('etag') ?? '' },
      signal: AbortSignal.timeout(1000),
    });
  }
}

export async function finish(runId: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(`https://runs.test/${runId}/finish`, { method: 'PUT', signal });
  // ok: forward-abort-signal -- detached, with an error channel
  void fetch('https://audit.test', { method: 'POST', body: runId, signal: AbortSignal.timeout(2000) }).catch(
    (error: unknown) => {
      console.error('audit', error);
    },
  );
  return response.json();
}

export function trap(signal: NodeJS.Signals): Promise<Response> {
  // ok: forward-abort-signal -- a signal of the process
  return fetch('https://runs.test/stopped', { method: 'POST', body: signal, signal: AbortSignal.timeout(1000) });
}

export async function subscribe(signal: { value: number; subscribe(run: () => void): void }): Promise<void> {
  // ok: forward-abort-signal -- another kind of signal
  const response = await fetch('https://runs.test/latest', { signal: AbortSignal.timeout(1000) });
  signal.value = Number(await response.text());
}

export async function detach(runId: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // ok: forward-abort-signal -- no signal, on purpose
  await openai.files.delete(runId, { signal: undefined });
}

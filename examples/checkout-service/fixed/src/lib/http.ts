import { HttpError } from './errors.js';

export interface JsonRequest extends Omit<RequestInit, 'body' | 'headers'> {
  body?: unknown;
  headers?: Record<string, string>;
}

async function readJson<T>(response: Response): Promise<T> {
  if (!response.ok) throw new HttpError(response.status, response.url, await response.text());
  return (await response.json()) as T;
}

/** Sends a request to a JSON API and returns the body of the answer. */
export async function requestJson<T>(url: string, { body, headers, ...init }: JsonRequest = {}): Promise<T> {
  const response = await fetch(url, {
    ...init,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.any([AbortSignal.timeout(5000), ...(init?.signal ? [init.signal] : [])]),
  });
  return readJson<T>(response);
}

/** Reads from a JSON API, for callers that can name how long they are willing to wait. */
export async function getJson<T>(url: string, timeoutMs: number): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  let response: Response;
  try {
    response = await fetch(url, { headers: { accept: 'application/json' }, signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
  return readJson<T>(response);
}

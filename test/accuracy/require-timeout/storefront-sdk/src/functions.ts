import type { StorefrontConfig } from './config.js';

const nativeFetch = fetch;
const { fetch: windowFetch } = globalThis;

export async function loadCatalog(url: string, fetchFn = fetch): Promise<unknown> {
  // expect: require-timeout/longDefault
  const response = await fetchFn(url);
  return response.json();
}

export async function loadMenu(opts: Pick<StorefrontConfig, 'baseUrl' | 'fetch'>): Promise<unknown> {
  const f = opts.fetch ?? fetch.bind(globalThis);
  // expect: require-timeout/longDefault
  const response = await f(`${opts.baseUrl}/menu`, { method: 'GET' });
  return response.json();
}

export async function loadPage(url: string): Promise<string> {
  // expect: require-timeout/longDefault
  const response = await nativeFetch(url);
  return response.text();
}

export async function loadImage(url: string): Promise<ArrayBuffer> {
  // expect: require-timeout/longDefault
  const response = await windowFetch(url, { redirect: 'follow' });
  return response.arrayBuffer();
}

export async function forwardRequest(request: Request): Promise<Response> {
  // ok: require-timeout -- a Request may carry a signal
  return fetch(request);
}

export async function forwardWith(request: Request): Promise<Response> {
  // ok: require-timeout -- likewise, with more options
  return fetch(request, { redirect: 'manual' });
}

export async function submitForm(url: string, form: FormData): Promise<Response> {
  const request = new Request(url, { method: 'POST', body: form });
  // expect: require-timeout/longDefault
  return fetch(request);
}

export async function submitBounded(url: string, form: FormData): Promise<Response> {
  const request = new Request(url, { method: 'POST', body: form, signal: AbortSignal.timeout(9000) });
  // ok: require-timeout -- the Request carries a limit
  return fetch(request);
}

export async function decodeInline(base64: string): Promise<ArrayBuffer> {
  // ok: require-timeout -- no downstream
  const response = await fetch(`data:application/octet-stream;base64,${base64}`);
  return response.arrayBuffer();
}

export async function crawl(start: string): Promise<unknown[]> {
  const pages: unknown[] = [];
  let cursor: string | null = start;
  while (cursor) {
    // expect: require-timeout/longDefault
    const response: Response = await fetch(cursor);
    const page = (await response.json()) as { items: unknown[]; next: string | null };
    pages.push(...page.items);
    cursor = page.next;
  }
  return pages;
}

export const handlers = {
  // expect: require-timeout/longDefault
  status: async () => (await fetch('https://status.storefront.test')).json(),
  // ok: require-timeout -- a limit
  health: async () =>
    (await fetch('https://status.storefront.test/health', { signal: AbortSignal.timeout(500) })).json(),
};

export async function audit(events: unknown[], transport: typeof globalThis.fetch): Promise<void> {
  const jobs: Promise<Response>[] = [];
  for (const event of events) {
    // expect: require-timeout/longDefault
    jobs.push(transport('https://audit.storefront.test', { method: 'POST', body: JSON.stringify(event) }));
  }
  await Promise.allSettled(jobs);
}

export async function longController(id: string): Promise<unknown> {
  const controller = new AbortController();
  const { signal } = controller;
  const deadline = setTimeout(controller.abort.bind(controller), 7000);
  const headers = new Headers();
  headers.set('accept', 'application/json');
  headers.set('x-client', 'storefront');
  if (id.startsWith('draft')) {
    headers.set('x-draft', '1');
  }
  const query = new URLSearchParams({ id });
  query.set('expand', 'variants');
  query.set('locale', 'en');
  try {
    // ok: require-timeout -- the controller stands far above
    const response = await fetch(`https://api.storefront.test/products?${query}`, { headers, signal });
    return await response.json();
  } finally {
    clearTimeout(deadline);
  }
}

const base = 'https://search.test';
const limit = (): AbortSignal => AbortSignal.timeout(5000);

export interface LoadOptions {
  page?: number;
  signal?: AbortSignal;
}

export async function loadResults(text: string, options: LoadOptions = {}): Promise<unknown> {
  // expect: forward-abort-signal/notForwarded
  const response = await fetch(`${base}/results?q=${text}&page=${options.page ?? 0}`, { signal: limit() });
  return response.json();
}

export async function loadFacets(text: string, { signal }: LoadOptions = {}): Promise<unknown> {
  // ok: forward-abort-signal -- merged with a limit
  const response = await fetch(`${base}/facets?q=${text}`, {
    signal: AbortSignal.any([limit(), ...(signal ? [signal] : [])]),
  });
  return response.json();
}

export async function loadHints(text: string, options?: LoadOptions): Promise<unknown> {
  // ok: forward-abort-signal -- handed on whole
  // expect: require-timeout/wrapperWithoutDefault
  const response = await fetch(`${base}/hints?q=${text}`, { ...options, method: 'GET' });
  return response.json();
}

export async function loadPopular(region: string): Promise<unknown> {
  // ok: forward-abort-signal -- receives none
  const response = await fetch(`${base}/popular/${region}`, { signal: limit() });
  return response.json();
}

export async function loadSynonyms(text: string, signal: AbortSignal): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 4000);
  signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  try {
    // ok: forward-abort-signal -- by an event
    const response = await fetch(`${base}/synonyms/${text}`, { signal: controller.signal });
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

export async function loadSpelling(text: string, signal: AbortSignal): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 4000);
  try {
    // expect: forward-abort-signal/notForwarded
    const response = await fetch(`${base}/spelling/${text}`, { signal: controller.signal });
    signal.throwIfAborted();
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

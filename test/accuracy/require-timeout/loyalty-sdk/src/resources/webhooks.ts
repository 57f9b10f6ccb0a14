interface Dependencies {
  readonly fetchFn?: typeof fetch;
  readonly now?: () => Date;
}

export async function deliver(
  url: string,
  payload: object,
  { fetchFn = fetch, now = () => new Date() }: Dependencies = {},
): Promise<number> {
  // expect: require-timeout/longDefault|missing
  const response = await fetchFn(url, {
    method: 'POST',
    headers: { 'x-sent-at': now().toISOString() },
    body: JSON.stringify(payload),
  });
  return response.status;
}

export async function verify(url: string, deps: Dependencies = {}): Promise<boolean> {
  const doFetch = deps.fetchFn ?? globalThis.fetch;
  const challenge = crypto.randomUUID();
  // expect: require-timeout/longDefault|missing
  const response = await doFetch(`${url}?challenge=${challenge}`);
  return (await response.text()) === challenge;
}

export async function ping(url: string, deps: Dependencies = {}): Promise<boolean> {
  const { fetchFn: send = fetch } = deps;
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error('ping took too long'));
  }, 1500);
  const started = Date.now();
  let status = 0;
  try {
    // ok: require-timeout -- the timer stays armed until the body is read
    const response = await send(url, { method: 'HEAD', signal: controller.signal });
    status = response.status;
    await response.arrayBuffer();
  } finally {
    clearTimeout(timer);
  }
  console.info('ping', url, status, Date.now() - started);
  return status < 400;
}

export async function forwardRequest(request: Request): Promise<Response> {
  const url = new URL(request.url);
  url.host = 'mirror.example';
  // ok: require-timeout -- a Request may carry a signal
  return fetch(new Request(url, request));
}

export async function replay(request: Request): Promise<Response> {
  // ok: require-timeout -- a Request may carry a signal
  return fetch(request);
}

export function registerHook(send: (url: string) => Promise<void>): void {
  const fetch = send;
  // ok: require-timeout -- a local name
  void fetch('https://hooks.example/register');
}

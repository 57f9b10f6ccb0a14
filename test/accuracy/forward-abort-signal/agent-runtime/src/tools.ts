export interface ToolOptions {
  secret: string;
  signal?: AbortSignal | undefined;
}

export async function fetchTool(name: string, { secret, signal }: ToolOptions): Promise<unknown> {
  const limit = AbortSignal.timeout(3000);
  const response = await fetch(`https://tools.test/${name}`, {
    headers: { authorization: secret },
    // ok: forward-abort-signal -- merged, where there is one
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  return response.json();
}

export async function readSecret(name: string, init: RequestInit): Promise<string> {
  // ok: forward-abort-signal -- handed on whole
  const response = await fetch(`https://secrets.test/${name}`, init);
  return response.text();
}

/** The token exchange forgets the signal that the request itself gets. */
export async function authorized(url: string, init: { signal: AbortSignal; scope: string }): Promise<Response> {
  // expect: forward-abort-signal/notForwarded
  const token = await fetch(`https://auth.test/token?scope=${init.scope}`, { signal: AbortSignal.timeout(2000) });
  // ok: forward-abort-signal -- passed on
  return fetch(url, { headers: { authorization: await token.text() }, signal: init.signal });
}

/** Handlers as a framework of routes in files calls them. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  // expect: forward-abort-signal/notForwarded
  const upstream = await fetch(`https://feed.test?page=${searchParams.get('page')}`, {
    signal: AbortSignal.timeout(3000),
  });
  return Response.json(await upstream.json());
}

export async function POST(request: Request): Promise<Response> {
  // unknown: forward-abort-signal/requestSignalIntoWrite
  const upstream = await fetch('https://feed.test', {
    method: 'POST',
    body: await request.text(),
    signal: AbortSignal.timeout(3000),
  });
  return Response.json(await upstream.json());
}

export async function HEAD(request: Request): Promise<Response> {
  // ok: forward-abort-signal -- passed on
  return fetch('https://feed.test', { method: 'HEAD', signal: request.signal });
}

interface Background {
  waitUntil(work: Promise<unknown>): void;
}

export async function refresh(request: Request, background: Background): Promise<Response> {
  // ok: forward-abort-signal -- goes on after the answer
  background.waitUntil(fetch('https://feed.test/refresh', { signal: AbortSignal.timeout(30_000) }));
  return new Response(request.method);
}

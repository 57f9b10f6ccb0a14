interface NextRequest extends Request {
  readonly nextUrl: URL;
}

export async function GET(request: NextRequest): Promise<Response> {
  const target = new URL(request.nextUrl.pathname, 'https://cms.example');
  // ok: require-timeout -- cut off with the page that waits for it
  const page = await fetch(target, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(4000)]) });
  return new Response(page.body, { status: page.status });
}

export async function POST(request: NextRequest): Promise<Response> {
  const form = await request.formData();
  // expect: require-timeout/longDefault|missing
  const answer = await fetch('https://cms.example/forms', { method: 'POST', body: form });
  return Response.json({ ok: answer.ok });
}

export async function HEAD(request: NextRequest): Promise<Response> {
  const icon = new URL('data:image/png;base64,iVBORw0KGgo=');
  // ok: require-timeout -- nothing goes over the network
  const image = await fetch('data:text/plain,hello');
  return new Response(null, {
    status: image.status,
    headers: { 'x-icon': icon.href, 'x-path': request.nextUrl.pathname },
  });
}

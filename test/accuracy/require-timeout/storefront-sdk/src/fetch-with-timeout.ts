export interface TimedInit extends RequestInit {
  timeoutMs?: number;
}

export default async function fetchWithTimeout(
  input: string | URL,
  { timeoutMs = 4000, ...init }: TimedInit = {},
): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error('timed out')), timeoutMs);
  try {
    // ok: require-timeout -- a controller that a timer aborts, armed until the body is read
    // expect: forward-abort-signal/notForwarded -- the caller's signal is overwritten
    const response = await fetch(input, { ...init, signal: controller.signal });
    const body = await response.arrayBuffer();
    return new Response(body, response);
  } finally {
    clearTimeout(timer);
  }
}

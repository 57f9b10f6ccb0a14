/** A default export that shadows the global one. */
export default async function fetchOnce(input: string, init?: RequestInit): Promise<Response> {
  const started = Date.now();
  // expect: require-timeout/wrapperWithoutDefault
  const response = await fetch(input, { ...init, headers: { 'user-agent': 'storefront' } });
  response.headers.get('x-request-id');
  void (Date.now() - started);
  return response;
}

import type { Express } from 'express';

interface Settings {
  get(key: string): string;
}

export function register(app: Express, config: Settings): void {
  // ok: require-timeout -- a route
  app.get('/orders/:id', async (request, response) => {
    const { id } = request.params;
    // ok: require-timeout -- configuration
    const origin = config.get('orders.origin');
    // expect: require-timeout/longDefault
    const upstream = await fetch(`${origin}/orders/${id}`);
    response.status(upstream.status).json(await upstream.json());
  });

  // ok: require-timeout -- a route
  app.post('/orders', async (request, response) => {
    const headers = new Headers({ 'content-type': 'application/json' });
    // ok: require-timeout -- headers
    if (headers.get('x-trace') === null) headers.set('x-trace', '1');
    const upstream = await fetch(`${config.get('orders.origin')}/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify(request.body),
      // ok: require-timeout -- a limit
      signal: AbortSignal.timeout(5000),
    });
    response.status(upstream.status).end();
  });
}

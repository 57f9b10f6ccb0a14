export abstract class BaseResource {
  protected abstract readonly path: string;

  constructor(protected readonly origin: string) {}

  protected async request(suffix: string, init: RequestInit = {}): Promise<unknown> {
    // expect: require-timeout/wrapperWithoutDefault
    const response = await fetch(`${this.origin}${this.path}${suffix}`, { ...init, redirect: 'error' });
    return response.json();
  }

  protected async timed(suffix: string, init: RequestInit & { timeout?: number } = {}): Promise<unknown> {
    const { timeout = 6000, ...rest } = init;
    // ok: require-timeout -- a base class with a default
    // expect: forward-abort-signal/notForwarded -- the caller's signal is overwritten
    const response = await fetch(`${this.origin}${this.path}${suffix}`, {
      ...rest,
      signal: AbortSignal.timeout(timeout),
    });
    return response.json();
  }
}

export class Customers extends BaseResource {
  protected readonly path = '/customers';

  find(id: string): Promise<unknown> {
    // ok: require-timeout -- reported once, in the base class
    return this.request(`/${id}`);
  }

  orders(id: string): Promise<unknown> {
    // ok: require-timeout -- the base class's default
    return this.timed(`/${id}/orders`);
  }
}

export class Reviews extends BaseResource {
  protected readonly path = '/reviews';
  private readonly requestOptions = { signal: AbortSignal.timeout };

  async create(review: unknown): Promise<void> {
    const send = globalThis.fetch;
    // expect: require-timeout/longDefault
    await send(`${this.origin}${this.path}`, { method: 'POST', body: JSON.stringify(review) });
  }

  async remove(id: string): Promise<void> {
    // ok: require-timeout -- the factory of the signal in a field
    await fetch(`${this.origin}${this.path}/${id}`, { method: 'DELETE', signal: this.requestOptions.signal(2500) });
  }
}

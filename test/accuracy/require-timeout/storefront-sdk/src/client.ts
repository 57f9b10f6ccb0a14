import { Budget, DEFAULT_TIMEOUT_MS, type StorefrontConfig } from './config.js';

export interface Product {
  id: string;
  title: string;
}

export class StorefrontClient {
  private readonly fetchImpl: typeof fetch;
  readonly #token: string;

  constructor(private readonly config: StorefrontConfig) {
    this.fetchImpl = config.fetch ?? fetch.bind(globalThis);
    this.#token = config.token;
  }

  async getProduct(id: string): Promise<Product> {
    // expect: require-timeout/longDefault
    const response = await this.fetchImpl(`${this.config.baseUrl}/products/${id}`, { headers: this.headers() });
    return (await response.json()) as Product;
  }

  async listProducts(page: number): Promise<Product[]> {
    const fetchFn = this.config.fetch ?? globalThis.fetch;
    const url = new URL('/products', this.config.baseUrl);
    url.searchParams.set('page', String(page));
    // ok: require-timeout -- not a request
    const current = url.searchParams.get('page');
    // expect: require-timeout/longDefault
    const response = await fetchFn(`${url.href}#${current}`);
    return (await response.json()) as Product[];
  }

  async getCart(id: string): Promise<unknown> {
    const timeoutMs = this.config.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    // ok: require-timeout -- a limit with a default
    const response = await this.fetchImpl(`${this.config.baseUrl}/carts/${id}`, {
      headers: this.headers(),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.json();
  }

  async checkout(id: string): Promise<unknown> {
    // ok: require-timeout -- a private method adds the limit
    const response = await fetch(`${this.config.baseUrl}/carts/${id}/checkout`, this.withTimeout({ method: 'POST' }));
    return response.json();
  }

  async refund(id: string): Promise<unknown> {
    return this.#post(`/orders/${id}/refund`, { reason: 'customer' });
  }

  async search(text: string): Promise<unknown> {
    const init = {
      method: 'POST',
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(Budget.Fast),
    } satisfies RequestInit;
    // ok: require-timeout -- options in a constant, a member of an enum
    const response = await globalThis.fetch(`${this.config.baseUrl}/search`, init);
    return response.json();
  }

  async suggest(text: string): Promise<unknown> {
    const init: RequestInit = { method: 'POST', body: JSON.stringify({ text }) };
    init.headers = this.headers();
    // expect: require-timeout/longDefault
    const response = await globalThis.fetch(`${this.config.baseUrl}/suggest`, init);
    return response.json();
  }

  async recommend(customer: string): Promise<unknown> {
    const init: RequestInit = { headers: this.headers() };
    init.signal = AbortSignal.timeout(2000);
    // ok: require-timeout -- the signal is assigned
    const response = await fetch(`${this.config.baseUrl}/recommendations/${customer}`, init);
    return response.json();
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    // expect: require-timeout/longDefault
    const response = await fetch(this.config.baseUrl + path, {
      method: 'POST',
      headers: { ...this.headers(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }

  private withTimeout(init: RequestInit): RequestInit {
    return { ...init, signal: AbortSignal.timeout(this.config.timeoutMs ?? DEFAULT_TIMEOUT_MS) };
  }
}

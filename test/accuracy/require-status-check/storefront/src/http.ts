export class HttpError extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

export async function assertOk(response: Response): Promise<Response> {
  if (!response.ok) throw new HttpError(response.status);
  return response;
}

export const readJson = async <T>(response: Response): Promise<T> => (await response.json()) as T;

// ok: require-status-check -- handed to the caller
export const rawGet = (path: string): Promise<Response> => fetch(`https://api.shop.test${path}`);

export async function checkedGet(path: string): Promise<Response> {
  // ok: require-status-check -- checked before it is handed on
  const response = await fetch(`https://api.shop.test${path}`);
  if (response.status < 200 || response.status > 299) throw new HttpError(response.status);
  return response;
}

export class ApiClient {
  readonly #fetch: typeof fetch;

  constructor(options: { fetch?: typeof fetch } = {}) {
    this.#fetch = options.fetch ?? globalThis.fetch;
  }

  async list(path: string): Promise<unknown[]> {
    // expect: require-status-check/unchecked
    const response = await this.#fetch(`https://api.shop.test${path}`);
    const { items } = (await response.json()) as { items: unknown[] };
    return items;
  }

  async one(path: string): Promise<unknown> {
    // ok: require-status-check -- thrown for by the private method
    const response = await this.#send(path);
    return response.json();
  }

  async #send(path: string): Promise<Response> {
    // ok: require-status-check -- a switch over the status
    const response = await this.#fetch(`https://api.shop.test${path}`);
    switch (response.status) {
      case 200:
        return response;
      default:
        throw new HttpError(response.status);
    }
  }
}

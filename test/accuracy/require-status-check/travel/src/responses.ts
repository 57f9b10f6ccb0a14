export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export function ensure(response: Response): asserts response is Response & { ok: true } {
  if (!response.ok) throw new HttpError(response.status, response.statusText);
}

export const throwOnError = (response: Response): Response => {
  if (response.status >= 400) throw new HttpError(response.status, response.statusText);
  return response;
};

export async function parseBody<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text ? JSON.parse(text) : null) as T;
}

export async function unwrap<T>(response: Response): Promise<T> {
  switch (response.status) {
    case 200:
    case 201:
      return (await response.json()) as T;
    case 204:
      return undefined as T;
    default:
      throw new HttpError(response.status, await response.text());
  }
}

/** Tells how long it took; what came back is the caller's business. */
export async function timedFetch(url: string, init?: RequestInit): Promise<Response> {
  const started = Date.now();
  const response = await fetch(url, init);
  console.info(url, Date.now() - started);
  return response;
}

export async function strictFetch(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  throw new HttpError(response.status, url);
}

export class Http {
  constructor(
    private readonly base: string,
    private readonly fetcher: typeof fetch = globalThis.fetch,
  ) {}

  raw(path: string): Promise<Response> {
    return this.fetcher(`${this.base}${path}`);
  }

  async checked(path: string): Promise<Response> {
    const response = await this.raw(path);
    this.#check(response);
    return response;
  }

  async json<T>(path: string): Promise<T> {
    // expect: require-status-check/unchecked
    const response = await this.fetcher(`${this.base}${path}`);
    return (await response.json()) as T;
  }

  async json2<T>(path: string): Promise<T> {
    // ok: require-status-check -- a private method checks
    const response = await this.fetcher(`${this.base}${path}`);
    this.#check(response);
    return (await response.json()) as T;
  }

  #check({ ok, status }: Response): void {
    if (!ok) throw new HttpError(status, this.base);
  }
}

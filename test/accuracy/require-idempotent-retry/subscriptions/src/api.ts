import axios, { type AxiosInstance } from 'axios';

export interface Plan {
  readonly id: string;
  readonly cents: number;
}

/** The project's own client. */
export class Api {
  readonly #http: AxiosInstance;

  constructor(baseURL: string) {
    this.#http = axios.create({ baseURL, timeout: 3000 });
  }

  create(plan: Plan): Promise<unknown> {
    return this.#send('POST', '/plans', plan);
  }

  read(id: string): Promise<unknown> {
    return this.#send('GET', `/plans/${id}`);
  }

  replace(plan: Plan): Promise<unknown> {
    return this.#send('PUT', `/plans/${plan.id}`, plan);
  }

  remove(id: string): Promise<unknown> {
    return this.#send('DELETE', `/plans/${id}`);
  }

  async createKeyed(plan: Plan, key: string): Promise<unknown> {
    const { data } = await this.#http.post<unknown>('/plans', plan, { headers: headersFor(key) });
    return data;
  }

  async #send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, data?: unknown): Promise<unknown> {
    const response = await this.#http.request<unknown>({ method, url, data });
    return response.data;
  }
}

export function headersFor(key: string): Record<string, string> {
  return { accept: 'application/json', 'Idempotency-Key': key };
}

export async function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(3000),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

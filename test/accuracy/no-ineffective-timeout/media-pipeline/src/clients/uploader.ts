import axios, { type AxiosInstance } from 'axios';
import { Deadline } from '../lib/signals.js';

interface UploaderOptions {
  readonly timeoutMs?: number;
}

/** The controller belongs to the object, and its owner can cancel. */
export class Uploader {
  private readonly controller = new AbortController();
  private readonly http: AxiosInstance;

  constructor({ timeoutMs = 15_000 }: UploaderOptions = {}) {
    // ok: no-ineffective-timeout, require-timeout -- a default
    this.http = axios.create({ baseURL: 'https://upload.example', timeout: timeoutMs });
  }

  async send(part: Uint8Array): Promise<void> {
    // unknown: require-timeout -- somebody may cancel
    await fetch('https://upload.example/parts', {
      method: 'PUT',
      body: part as unknown as BodyInit,
      signal: this.controller.signal,
    });
  }

  async finish(): Promise<void> {
    await this.http.post('/finish', {});
  }

  cancel(): void {
    this.controller.abort();
  }
}

export class Downloader {
  readonly #controller = new AbortController();

  async load(id: string): Promise<string> {
    // expect: no-ineffective-timeout/neverAborted
    const response = await fetch(`https://upload.example/parts/${id}`, { signal: this.#controller.signal });
    return response.text();
  }
}

export async function withDeadlineObject(id: string, deadline: Deadline): Promise<string> {
  // ok: no-ineffective-timeout -- whoever has it may cancel
  const response = await fetch(`https://upload.example/parts/${id}`, { signal: deadline.signal });
  return response.text();
}

export async function head(id: string): Promise<number> {
  // expect: no-ineffective-timeout/misread (within 2)
  const response = await fetch(`https://upload.example/parts/${id}`, {
    method: 'HEAD',
    signal: AbortSignal.timeout(2 ** 31),
  });
  return response.status;
}

export async function source(id: string): Promise<string> {
  const source = axios.CancelToken.source();
  setTimeout(() => {
    source.cancel('too slow');
  }, 5000);
  // ok: no-ineffective-timeout, require-timeout -- a token that a timer cancels
  const { data } = await axios.get<string>(`https://upload.example/sources/${id}`, { cancelToken: source.token });
  return data;
}

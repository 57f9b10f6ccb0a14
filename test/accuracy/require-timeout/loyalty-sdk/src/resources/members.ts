import { Transport } from '#core/transport.js';

type Fetch = typeof globalThis.fetch;

export interface MemberApi {
  get(id: string): Promise<unknown>;
  list(cursor?: string): Promise<unknown>;
}

export abstract class ApiBase {
  constructor(
    protected readonly origin: string,
    protected readonly fetch: Fetch = globalThis.fetch,
  ) {}

  protected get headers(): Record<string, string> {
    return { accept: 'application/json' };
  }
}

export class MemberClient extends ApiBase implements MemberApi {
  async get(id: string): Promise<unknown> {
    // expect: require-timeout/longDefault|missing
    const response = await this.fetch(`${this.origin}/members/${id}`, { headers: this.headers });
    return response.json();
  }

  async list(cursor?: string): Promise<unknown> {
    const init: RequestInit = { headers: this.headers };
    if (cursor) init.headers = { ...this.headers, 'x-cursor': cursor };
    // expect: require-timeout/longDefault|missing
    const response = await this.fetch(`${this.origin}/members`, init);
    return response.json();
  }

  async find(email: string): Promise<unknown> {
    const init: RequestInit = { headers: this.headers };
    init.signal = AbortSignal.timeout(4000);
    // ok: require-timeout -- set on the variable
    const response = await this.fetch(`${this.origin}/members?email=${email}`, init);
    return response.json();
  }
}

/** A proxy that makes calls out of property names. */
export function createMemberProxy(transport: Transport): MemberApi {
  return new Proxy({} as MemberApi, {
    get: (_target, name: string) => (id: string) => transport.call('POST', `/rpc/members.${name}`, { body: { id } }),
  });
}

export async function firstMember(api: MemberApi): Promise<unknown> {
  // ok: require-timeout -- an interface of this project
  return api.get('1');
}

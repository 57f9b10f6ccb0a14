import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';

export interface GatewayOptions {
  baseURL: string;
  apiKey: string;
}

export class PaymentGateway {
  private readonly http: AxiosInstance;
  // ok: require-timeout -- a limit in a field
  private readonly ledger = axios.create({ baseURL: 'https://ledger.internal', timeout: 3000 });
  private readonly defaults: AxiosRequestConfig = { timeout: 4000, validateStatus: (status) => status < 500 };
  // ok: require-timeout -- options of another field
  private readonly fx: AxiosInstance = axios.create({ ...this.defaults, baseURL: 'https://fx.internal' });

  constructor(options: GatewayOptions) {
    // expect: require-timeout/missing
    this.http = axios.create({ baseURL: options.baseURL, headers: { 'x-api-key': options.apiKey } });
    this.http.interceptors.response.use((response) => response);
  }

  async charge(order: string, amount: number): Promise<unknown> {
    // ok: require-timeout -- the instance is reported where it is made
    const { data } = await this.http.post('/charges', { order, amount });
    return data;
  }

  async book(order: string): Promise<void> {
    // ok: require-timeout -- the instance's limit
    await this.ledger.post('/entries', { order });
  }

  async rate(currency: string): Promise<number> {
    // ok: require-timeout -- the instance's limit
    const { data } = await this.fx.get<number>(`/rates/${currency}`);
    return data;
  }
}

export class InjectedGateway {
  constructor(
    private readonly http: AxiosInstance,
    private readonly send: typeof fetch = fetch,
  ) {}

  async status(id: string): Promise<unknown> {
    try {
      // unknown: require-timeout/unknown
      const { data } = await this.http.get(`/charges/${id}`);
      return data;
    } catch (error) {
      // ok: require-timeout -- not a request
      if (axios.isAxiosError(error)) return null;
      throw error;
    }
  }

  async refresh(id: string): Promise<unknown> {
    // ok: require-timeout -- the call gives the limit
    const { data } = await this.http.get(`/charges/${id}`, { timeout: 2000 });
    return data;
  }

  async notify(id: string): Promise<void> {
    // expect: require-timeout/longDefault
    await this.send(`https://hooks.internal/${id}`, { method: 'POST' });
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import axios, { type AxiosInstance } from 'axios';
import { AppConfig } from '../http/app-config.js';

abstract class BaseClient {
  protected abstract readonly client: AxiosInstance;

  protected async getJson<T>(path: string, params: Record<string, string>): Promise<T> {
    const { data } = await this.client.get<T>(path, { params });
    return data;
  }
}

@Injectable()
export class RatesClient extends BaseClient implements OnModuleInit {
  protected readonly client: AxiosInstance;
  private token = '';

  constructor(private readonly config: AppConfig) {
    super();
    // expect: require-timeout/missing
    this.client = axios.create({
      baseURL: this.config.ratesUrl,
      validateStatus: (status) => status < 500,
    });
    this.client.interceptors.request.use((request) => {
      request.headers.set('authorization', `Bearer ${this.token}`);
      return request;
    });
  }

  async onModuleInit(): Promise<void> {
    // expect: require-timeout/missing
    const response = await axios.post<{ token: string }>(`${this.config.ratesUrl}/oauth/token`, {
      grant: 'client_credentials',
    });
    this.token = response.data.token;
  }

  rate(from: string, to: string): Promise<{ price: number }> {
    return this.getJson('/rates', { from, to });
  }
}

@Injectable()
export class SurchargeClient extends BaseClient {
  // ok: require-timeout -- the constructor sets the instance's default
  protected readonly client = axios.create({ baseURL: 'https://surcharges.example' });

  constructor() {
    super();
    this.client.defaults.timeout = 6000;
  }

  surcharge(country: string): Promise<{ percent: number }> {
    return this.getJson('/surcharges', { country });
  }
}

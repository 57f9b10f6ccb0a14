import { Inject, Injectable } from '@nestjs/common';
import type { AxiosInstance } from 'axios';
import { legacyTax, taxClient } from './tax.client.js';

export const TAX_HTTP = Symbol('TAX_HTTP');

@Injectable()
export class TaxService {
  constructor(@Inject(TAX_HTTP) private readonly client: AxiosInstance) {}

  async rate(country: string): Promise<number> {
    // unknown: require-timeout/unknown
    const { data } = await this.client.get<number>(`/rates/${country}`);
    return data;
  }

  async rates(): Promise<unknown> {
    // ok: require-timeout -- this file's imports lead to a client with a limit
    const { data } = await taxClient.get('/rates');
    return data as unknown;
  }

  async legacyRates(): Promise<unknown> {
    // ok: require-timeout -- reported where it is made
    const { data } = await legacyTax.get('/rates');
    return data as unknown;
  }
}

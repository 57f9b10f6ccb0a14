import { Inject, Injectable } from '@nestjs/common';
import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import { isAxiosError } from 'axios';
import { AppConfig } from '../http/app-config.js';
import { CARRIER_HTTP } from '../http/carrier-http.module.js';

export interface Shipment {
  readonly id: string;
  readonly weight: number;
}

@Injectable()
export class ShipmentsService {
  private readonly cache = new Map<string, Shipment>();

  constructor(
    @Inject(CARRIER_HTTP) private readonly carrier: AxiosInstance,
    private readonly config: AppConfig,
  ) {}

  async find(id: string): Promise<Shipment | undefined> {
    // ok: require-timeout -- a Map
    const cached = this.cache.get(id);
    if (cached) return cached;
    try {
      // ok: require-timeout -- the call has its own limit
      const { data } = await this.carrier.get<Shipment>(`/shipments/${id}`, {
        signal: AbortSignal.timeout(3000),
        params: { expand: 'legs' },
      });
      this.cache.set(id, data);
      return data;
    } catch (error) {
      if (isAxiosError(error) && error.response?.status === 404) return undefined;
      throw error;
    }
  }

  async book(shipment: Shipment): Promise<string> {
    const request: AxiosRequestConfig<Shipment> = {
      headers: { 'x-account': this.config.get('CARRIER_ACCOUNT') ?? '' },
    };
    request.timeout = 15_000;
    // ok: require-timeout -- the limit is set on the variable
    const { data } = await this.carrier.post<{ label: string }>('/shipments', shipment, request);
    return data.label;
  }
}

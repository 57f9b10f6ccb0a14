import { Injectable } from '@nestjs/common';

@Injectable()
export class AppConfig {
  readonly carrierUrl = process.env.CARRIER_URL ?? 'https://api.carrier.example';
  readonly customsUrl = process.env.CUSTOMS_URL ?? 'https://customs.example';
  readonly ratesUrl = process.env.RATES_URL ?? 'https://rates.example';
  readonly carrierKey = process.env.CARRIER_KEY ?? '';
  readonly customsTimeoutMs = 12_000;
  private readonly values = new Map<string, string>();

  get(name: string): string | undefined {
    // ok: require-timeout -- a Map
    return this.values.get(name) ?? process.env[name];
  }
}

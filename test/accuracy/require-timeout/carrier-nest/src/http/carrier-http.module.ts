import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import axios from 'axios';
import { AppConfig } from './app-config.js';

export const CARRIER_HTTP = Symbol('CARRIER_HTTP');
export const CUSTOMS_HTTP = Symbol('CUSTOMS_HTTP');

@Module({
  imports: [
    // ok: require-timeout -- the factory gives a limit
    HttpModule.registerAsync({
      useFactory: (config: AppConfig) => ({
        baseURL: config.ratesUrl,
        timeout: 8_000,
        maxRedirects: 0,
      }),
      inject: [AppConfig],
    }),
  ],
  providers: [
    AppConfig,
    {
      provide: CARRIER_HTTP,
      inject: [AppConfig],
      useFactory: (config: AppConfig) =>
        // expect: require-timeout/missing
        axios.create({ baseURL: config.carrierUrl, headers: { 'x-api-key': config.carrierKey } }),
    },
    {
      provide: CUSTOMS_HTTP,
      inject: [AppConfig],
      // ok: require-timeout -- bounded
      useFactory: (config: AppConfig) => axios.create({ baseURL: config.customsUrl, timeout: config.customsTimeoutMs }),
    },
  ],
  exports: [CARRIER_HTTP, CUSTOMS_HTTP, HttpModule],
})
export class CarrierHttpModule {}

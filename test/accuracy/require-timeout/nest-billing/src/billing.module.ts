import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { BillingService } from './billing.service.js';
import { TaxService } from './tax.service.js';

@Module({
  // expect: require-timeout/missing
  imports: [HttpModule.register({ baseURL: 'https://billing.internal', maxRedirects: 0 })],
  providers: [BillingService],
  exports: [BillingService],
})
export class BillingModule {}

@Module({
  // ok: require-timeout -- a limit
  imports: [HttpModule.register({ baseURL: 'https://tax.internal', timeout: 4000 })],
  providers: [TaxService],
})
export class TaxModule {}

@Module({
  imports: [
    // ok: require-timeout -- a limit from a factory
    HttpModule.registerAsync({ useFactory: () => ({ baseURL: 'https://audit.internal', timeout: 2500 }) }),
  ],
})
export class AuditModule {}

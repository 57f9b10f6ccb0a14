import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { firstValueFrom, timeout } from 'rxjs';

@Injectable()
export class BillingService {
  constructor(private readonly http: HttpService) {}

  async invoice(id: string): Promise<unknown> {
    // unknown: require-timeout/unknown
    const { data } = await firstValueFrom(this.http.get(`/invoices/${id}`));
    return data as unknown;
  }

  async pay(id: string): Promise<unknown> {
    // ok: require-timeout -- the call gives the limit
    const { data } = await firstValueFrom(this.http.post(`/invoices/${id}/pay`, {}, { timeout: 3000 }));
    return data as unknown;
  }

  async cancel(id: string): Promise<unknown> {
    // ok: require-timeout -- the operator unsubscribes, which cancels
    const { data } = await firstValueFrom(this.http.delete(`/invoices/${id}`).pipe(timeout(2000)));
    return data as unknown;
  }

  async health(): Promise<boolean> {
    // unknown: require-timeout/unknown
    const { status } = await this.http.axiosRef.get('/health');
    return status === 200;
  }
}

import { urls } from '@shop/config';
import { createClient } from '@shop/http';
import { withRetry } from '@shop/retry';

const payments = createClient(urls.payments);

export interface Charge {
  readonly id: string;
  readonly cents: number;
}

export async function charge(order: string, cents: number): Promise<Charge> {
  const { data } = await withRetry(() => payments.post<Charge>('/charges', { order, cents }));
  return data;
}

export async function findCharge(id: string): Promise<Charge> {
  const { data } = await payments.get<Charge>(`/charges/${id}`);
  return data;
}

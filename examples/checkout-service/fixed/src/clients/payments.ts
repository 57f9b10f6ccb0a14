import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { CheckoutError } from '../lib/errors.js';
import { paymentsApi } from './payments-api.js';

export interface Charge {
  id: string;
  amount: number;
  currency: string;
}

export interface ChargeRequest {
  token: string;
  amount: number;
  currency: string;
  reference: string;
}

const maxAttempts = 3;

/** Takes the money. */
export async function charge(request: ChargeRequest): Promise<Charge> {
  let lastError: unknown;
  const idempotencyKey = crypto.randomUUID();
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    try {
      const { data } = await paymentsApi.post<Charge>('/v1/charges', request, { headers: { 'Idempotency-Key': idempotencyKey } });
      return data;
    } catch (error) {
      if (axios.isAxiosError(error) && error.response?.status === 402) {
        throw new CheckoutError('card_declined', 'The card was declined.', { cause: error });
      }
      lastError = error;
      await sleep(Math.random() * Math.min(30_000, 500 * 2 ** (attempt - 1)));
    }
  }
  throw lastError;
}

/** Gives the money back. */
export async function refund(chargeId: string): Promise<void> {
  await paymentsApi.post(`/v1/charges/${chargeId}/refund`, {}, { timeout: 10_000 });
}

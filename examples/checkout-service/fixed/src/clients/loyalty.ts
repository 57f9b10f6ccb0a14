import { config } from '../config.js';
import { requestJson } from '../lib/http.js';

interface Membership {
  discountPercent?: number;
}

/** The discount that a customer has earned, in percent. */
export async function discountFor(customerId: string, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const membership = await requestJson<Membership>(
    `${config.loyaltyUrl}/v1/members/${encodeURIComponent(customerId)}`,
  ).catch(() => ({}) as Membership);
  return membership.discountPercent ?? 0;
}

import { publish } from '@shop/events';
import { send } from '@shop/mail-client';
import { createLabel } from '@shop/shipping-client';

/** Ships an order that was paid for, and tells its buyer. */
export async function ship(order: string, buyer: string): Promise<void> {
  const label = await createLabel(order);
  await send({ to: buyer, subject: 'On its way', text: `Track it with ${label}` });
  await publish({ type: 'shipped', order });
}

/** A partner's webhook: told of each order, with a limit. */
export async function notifyPartner(order: string): Promise<void> {
  const response = await fetch('https://hooks.partner.example/orders', {
    method: 'POST',
    body: JSON.stringify({ order }),
    signal: AbortSignal.timeout(1000),
  });
  if (!response.ok) throw new Error(`the partner answered ${response.status}`);
}

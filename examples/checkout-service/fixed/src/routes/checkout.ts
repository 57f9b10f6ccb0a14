import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { publishOrderPlaced } from '../clients/events.js';
import { fraudScore } from '../clients/fraud.js';
import { checkStock, reserve } from '../clients/inventory.js';
import { discountFor } from '../clients/loyalty.js';
import { sendReceipt } from '../clients/mail.js';
import { charge, refund } from '../clients/payments.js';
import { priceLines } from '../clients/pricing.js';
import { exchangeRate } from '../clients/rates.js';
import type { RecommendationsClient } from '../clients/recommendations.js';
import { quoteShipping } from '../clients/shipping.js';
import { taxOn } from '../clients/tax.js';
import type { Webhooks } from '../clients/webhooks.js';
import { CheckoutError } from '../lib/errors.js';
import { rememberOrder } from '../stores/cache.js';
import { saveOrder } from '../stores/orders.js';
import type { Checkout, Order, PricedLine } from '../types.js';

export interface CheckoutDependencies {
  recommendations: RecommendationsClient;
  webhooks: Webhooks;
}

const highestFraudScore = 80;

const bodySchema = {
  type: 'object',
  required: ['customerId', 'email', 'currency', 'paymentToken', 'address', 'lines'],
  properties: {
    customerId: { type: 'string' },
    email: { type: 'string' },
    currency: { type: 'string', minLength: 3, maxLength: 3 },
    paymentToken: { type: 'string' },
    address: {
      type: 'object',
      required: ['name', 'street', 'city', 'postcode', 'country'],
      properties: {
        name: { type: 'string' },
        street: { type: 'string' },
        city: { type: 'string' },
        postcode: { type: 'string' },
        country: { type: 'string', minLength: 2, maxLength: 2 },
      },
    },
    lines: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['sku', 'quantity'],
        properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
      },
    },
  },
} as const;

const sum = (lines: PricedLine[]): number => lines.reduce((total, line) => total + line.unitPrice * line.quantity, 0);

/** What the customer pays for the cart, all in. */
async function totalOf(checkout: Checkout, lines: PricedLine[], signal: AbortSignal): Promise<number> {
  const [discount, shipping] = await Promise.all([
    discountFor(checkout.customerId, signal),
    quoteShipping(checkout.address, checkout.lines),
  ]);
  const net = Math.round(sum(lines) * (1 - discount / 100)) + shipping.amount;
  return net + (await taxOn(net, checkout.address.country));
}

export function checkoutRoutes(app: FastifyInstance, { recommendations, webhooks }: CheckoutDependencies): void {
  app.post<{ Body: Checkout }>('/checkout', { schema: { body: bodySchema } }, async (request, reply) => {
    const checkout = request.body;
    const abandoned = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) abandoned.abort();
    });

    await checkStock(checkout.lines);
    const [priced, rate] = await Promise.all([priceLines(checkout.lines), exchangeRate(checkout.currency)]);
    const lines = priced.map((line) => ({ ...line, unitPrice: Math.round(line.unitPrice * rate) }));
    const total = await totalOf(checkout, lines, abandoned.signal);

    const { customerId, email, currency, paymentToken, address } = checkout;
    const score = await fraudScore({ customerId, email, country: address.country, total });
    if (score > highestFraudScore) throw new CheckoutError('rejected', 'The order was not accepted.');

    const id = randomUUID();
    const { id: chargeId } = await charge({ token: paymentToken, amount: total, currency, reference: id });
    const order: Order = { id, customerId, chargeId, currency, total, lines };
    try {
      await reserve(id, lines);
      await saveOrder(order);
    } catch (error) {
      await refund(chargeId);
      throw error;
    }

    await publishOrderPlaced(order);
    await rememberOrder(order);
    await sendReceipt(email, order);
    void webhooks.emit({ type: 'order.placed', data: order });

    const also = await recommendations.forProducts(lines.map((line) => line.sku));
    return reply.code(201).send({ order, recommendations: also });
  });
}

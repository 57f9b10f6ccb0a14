import type { FastifyInstance } from 'fastify';
import { recallOrder, rememberOrder } from '../stores/cache.js';
import { findOrder } from '../stores/orders.js';

export function orderRoutes(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>('/orders/:id', async (request, reply) => {
    const cached = await recallOrder(request.params.id);
    if (cached) return cached;
    const order = await findOrder(request.params.id);
    if (!order) return reply.code(404).send({ error: 'not_found' });
    await rememberOrder(order);
    return order;
  });
}

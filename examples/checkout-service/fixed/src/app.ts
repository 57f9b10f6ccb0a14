import Fastify, { type FastifyInstance } from 'fastify';
import { closeEvents } from './clients/events.js';
import { closePricing } from './clients/pricing.js';
import { RecommendationsClient } from './clients/recommendations.js';
import { createWebhooks } from './clients/webhooks.js';
import { config } from './config.js';
import { CheckoutError } from './lib/errors.js';
import { checkoutRoutes } from './routes/checkout.js';
import { healthRoutes } from './routes/health.js';
import { orderRoutes } from './routes/orders.js';
import { closeCache, logCacheErrors } from './stores/cache.js';
import { database } from './stores/database.js';

const statusOf = { out_of_stock: 409, card_declined: 402, rejected: 403 } as const;

export function createApp(): FastifyInstance {
  const app = Fastify({ logger: { level: config.logLevel } });

  logCacheErrors(app.log);
  database.on('error', (error) => app.log.error({ error }, 'Postgres'));

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof CheckoutError) {
      return reply.code(statusOf[error.code]).send({ error: error.code, message: error.message });
    }
    if (error instanceof Error && 'validation' in error) {
      return reply.code(400).send({ error: 'invalid', message: error.message });
    }
    request.log.error({ err: error }, 'Request failed');
    return reply.code(502).send({ error: 'unavailable', message: 'Please try again.' });
  });

  healthRoutes(app);
  orderRoutes(app);
  checkoutRoutes(app, {
    recommendations: new RecommendationsClient(config.recommendationsUrl),
    webhooks: createWebhooks({ urls: config.webhookUrls, log: app.log }),
  });

  app.addHook('onClose', async () => {
    closeCache();
    closeEvents();
    await Promise.all([closePricing(), database.end()]);
  });
  return app;
}

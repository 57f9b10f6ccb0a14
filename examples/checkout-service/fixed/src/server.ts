import { createApp } from './app.js';
import { config } from './config.js';

const app = createApp();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void app.close());
}
await app.listen({ host: config.host, port: config.port });

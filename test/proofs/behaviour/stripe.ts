import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'stripe',
  versions: [{ package: 'stripe' }],
  clients: {
    Stripe: {
      quiet: { maxNetworkRetries: 0 },
      start: ({ lib, target, config, options, method }) => {
        const protocol = target.url.split(':')[0];
        const stripe = new lib.default('sk_test_x', {
          host: target.host,
          port: target.port,
          protocol,
          telemetry: false,
          ...config,
        });
        return method === 'GET' ? stripe.customers.list({}, options) : stripe.customers.create({}, options);
      },
    },
  },
  same: { Resource: 'Stripe' },
});

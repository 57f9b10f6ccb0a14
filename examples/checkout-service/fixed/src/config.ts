/** Reads a variable that the service cannot start without. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}

export const config = {
  host: process.env.HOST ?? '0.0.0.0',
  port: Number(process.env.PORT ?? 3000),
  logLevel: process.env.LOG_LEVEL ?? 'info',

  pricingUrl: required('PRICING_URL'),
  ratesUrl: required('RATES_URL'),
  inventoryUrl: required('INVENTORY_URL'),
  shippingUrl: required('SHIPPING_URL'),
  taxUrl: required('TAX_URL'),
  fraudUrl: required('FRAUD_URL'),
  loyaltyUrl: required('LOYALTY_URL'),
  recommendationsUrl: required('RECOMMENDATIONS_URL'),
  paymentsUrl: required('PAYMENTS_URL'),
  paymentsApiKey: required('PAYMENTS_API_KEY'),
  mailUrl: required('MAIL_URL'),
  webhookUrls: (process.env.WEBHOOK_URLS ?? '').split(',').filter(Boolean),

  databaseUrl: required('DATABASE_URL'),
  redisUrl: required('REDIS_URL'),
  sqsEndpoint: process.env.SQS_ENDPOINT,
  ordersQueueUrl: required('ORDERS_QUEUE_URL'),
};

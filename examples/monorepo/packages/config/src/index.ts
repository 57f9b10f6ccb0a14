/** Where everything is. */
const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

export const urls = {
  payments: required('PAYMENTS_URL'),
  inventory: required('INVENTORY_URL'),
  shipping: required('SHIPPING_URL'),
  mail: required('MAIL_URL'),
  events: required('EVENTS_URL'),
};

export const databaseUrl = required('DATABASE_URL');

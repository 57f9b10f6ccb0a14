import { bounded } from './defaults.js';

const clients = { fx: bounded, bank: bounded } as const;

export function http(name: keyof typeof clients) {
  return clients[name];
}

import axios from 'axios';

axios.defaults.timeout = 5000;
axios.defaults.headers.common['user-agent'] = 'orders';

export async function inventory(sku: string): Promise<unknown> {
  // ok: require-timeout -- the module's default
  const { data } = await axios.get(`https://inventory.internal/${sku}`);
  return data;
}

const raw = axios.create({ baseURL: 'https://warehouse.internal' });
raw.defaults.timeout = 3000;

export async function warehouse(sku: string): Promise<unknown> {
  // ok: require-timeout -- the instance's default
  const { data } = await raw.get(`/${sku}`);
  return data;
}

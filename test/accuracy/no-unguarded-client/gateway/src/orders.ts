import axios from 'axios';
import { policy } from './policies.js';

// ok: no-unguarded-client -- every use is guarded
const guardedHttp = axios.create({ baseURL: 'https://orders.test', timeout: 1000 });
// expect: no-unguarded-client/unguarded
const http = axios.create({ baseURL: 'https://stock.test', timeout: 1000 });

export const list = () => policy.execute(({ signal }) => guardedHttp.get('/orders', { signal }));
export const level = (sku: string) => http.get<number>(`/${sku}`);
export const reserve = (sku: string) => policy.execute(() => http.post(`/${sku}`));

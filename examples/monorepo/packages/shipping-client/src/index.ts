import { urls } from '@shop/config';
import axios from 'axios';

const shipping = axios.create({ baseURL: urls.shipping, timeout: 4000 });

export async function createLabel(order: string): Promise<string> {
  const { data } = await shipping.post<{ label: string }>('/labels', { order });
  return data.label;
}

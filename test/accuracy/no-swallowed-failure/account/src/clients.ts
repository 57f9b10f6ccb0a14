import axios from 'axios';

const http = axios.create({ baseURL: 'https://orders.test', timeout: 2000 });

export interface Order {
  readonly id: string;
}

export class OrdersClient {
  async list(user: string): Promise<Order[]> {
    return (await http.get<Order[]>(`/users/${user}/orders`)).data;
  }

  async cancel(id: string): Promise<void> {
    await http.post(`/orders/${id}/cancel`);
  }
}

export const loadProfile = async (user: string): Promise<{ name: string } | null> =>
  (await http.get<{ name: string } | null>(`/users/${user}`)).data;

export const unlock = async (key: string): Promise<void> => {
  await http.delete(`/locks/${key}`);
};

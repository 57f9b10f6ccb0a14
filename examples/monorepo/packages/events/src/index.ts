import { urls } from '@shop/config';
import axios from 'axios';

export interface ShopEvent {
  readonly type: string;
  readonly order: string;
}

export async function publish(event: ShopEvent): Promise<void> {
  await axios.post(`${urls.events}/topics/orders`, event, { timeout: 0 });
}

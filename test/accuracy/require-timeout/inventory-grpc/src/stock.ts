import { Metadata } from '@grpc/grpc-js';
import type { InventoryClient, StockReply } from './inventory-client.js';

export class Stock {
  constructor(private readonly inventory: InventoryClient) {}

  available(sku: string): Promise<StockReply | undefined> {
    return new Promise((resolve, reject) => {
      // expect: require-timeout/missing (untyped: skip)
      this.inventory.getStock({ sku }, (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  }

  availableSoon(sku: string): Promise<StockReply | undefined> {
    const deadline = new Date(Date.now() + 1500);
    return new Promise((resolve, reject) => {
      // ok: require-timeout -- a deadline
      this.inventory.getStock({ sku }, new Metadata(), { deadline }, (error, reply) =>
        error ? reject(error) : resolve(reply),
      );
    });
  }
}

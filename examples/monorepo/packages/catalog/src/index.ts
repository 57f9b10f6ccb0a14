import { query } from '@shop/database';

export interface Product {
  readonly sku: string;
  readonly cents: number;
}

export async function findProduct(sku: string): Promise<Product | undefined> {
  const [product] = await query<{ sku: string; cents: number }>('SELECT sku, cents FROM products WHERE sku = $1', [
    sku,
  ]);
  return product;
}

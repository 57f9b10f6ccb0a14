import type { Product } from '../types.js';

/** Products that go well with what is in the cart. */
export class RecommendationsClient {
  constructor(
    private readonly baseUrl: string,
    private readonly fetchFn = fetch,
  ) {}

  async forProducts(skus: string[], limit = 4): Promise<Product[]> {
    const url = new URL('/v1/recommendations', this.baseUrl);
    url.searchParams.set('skus', skus.join(','));
    url.searchParams.set('limit', String(limit));
    try {
      const response = await this.fetchFn(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(5000) });
      if (!response.ok) return [];
      const { products } = (await response.json()) as { products: Product[] };
      return products;
    } catch {
      return [];
    }
  }
}

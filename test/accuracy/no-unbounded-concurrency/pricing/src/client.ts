import Bottleneck from 'bottleneck';
import pLimit from 'p-limit';

const limiter = new Bottleneck({ maxConcurrent: 4 });
const turnstile = pLimit(5);

export class Prices {
  async of(sku: string): Promise<number> {
    const response = await fetch(`https://prices.test/${sku}`);
    if (!response.ok) throw new Error(sku);
    return Number(await response.text());
  }

  limited(sku: string): Promise<number> {
    return limiter.schedule(() => this.of(sku));
  }
}

export const throttled = <T>(work: () => Promise<T>): Promise<T> => turnstile(work);

export const regions = ['eu', 'us', 'ap'] as const;

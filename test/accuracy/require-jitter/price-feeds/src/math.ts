export const doubled = (attempt: number, base = 200): number => base * Math.pow(2, attempt);

export function halfRandom(ms: number): number {
  return ms / 2 + Math.random() * (ms / 2);
}

export class Backoff {
  constructor(private readonly base: number) {}

  next(attempt: number): number {
    return Math.random() * this.base * 2 ** attempt;
  }
}

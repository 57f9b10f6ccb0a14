import { setTimeout as timer } from 'node:timers/promises';

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function napFor(seconds: number): Promise<void> {
  await timer(seconds * 1000);
}

export function growing(attempt: number, base = 100): number {
  return Math.min(base * 2 ** attempt, 10_000) * (0.5 + Math.random() / 2);
}

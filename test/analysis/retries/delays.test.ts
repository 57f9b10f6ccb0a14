import { describe, expect, it } from 'vitest';
import { growthOf, judgeDelay } from '../../../src/analysis/retries/delays.js';

describe('growth', () => {
  it.each([
    [[0, 0, 0], 'none'],
    [[500, 500, 500], 'constant'],
    [[0, 500, 500, 500], 'constant'],
    [[100, 200, 300], 'linear'],
    [[0, 100, 200, 300], 'linear'],
    [[100, 200, 400], 'exponential'],
    [[100, 200, 400, 400, 400], 'exponential'],
    [[1000, 2000, 2000, 2000], 'exponential'],
    [[100, 150, 225], 'exponential'],
    [[400, 200, 100], 'unknown'],
  ])('%j', (waits, growth) => {
    expect(growthOf(waits)).toBe(growth);
  });
});

/** What a delay is like, by attempt and dice, over six attempts. */
const judge = (delay: (attempt: number, dice: number) => number, attempts: number | null = 6) => {
  const run = (dice: number): number[] => Array.from({ length: 12 }, (_, attempt) => delay(attempt, dice));
  return judgeDelay(
    { low: run(0), middle: run(0.5), high: run(0.999) },
    { guessed: false, server: false, rolled: true, attempts },
  );
};

describe('jitter', () => {
  it('is full', () => {
    expect(judge((attempt, dice) => dice * 100 * 2 ** attempt).jitter).toBe('yes');
  });

  it('is clipped where the attempts reach the cap', () => {
    const clipped = (attempt: number, dice: number): number => Math.min(1000, 100 * 2 ** attempt + dice * 100);
    expect(judge(clipped).jitter).toBe('clipped');
    expect(judge(clipped, 3).jitter).toBe('yes');
    expect(judge(clipped, null).jitter).toBe('unknown');
  });

  it('is weak below a tenth', () => {
    expect(judge((attempt, dice) => 1000 * 2 ** attempt + dice * 50).jitter).toBe('weak');
  });
});

describe('a cap', () => {
  it('is there where the waits stop growing', () => {
    expect(judge((attempt, dice) => dice * Math.min(800, 100 * 2 ** attempt)).capped).toBe(true);
    expect(judge((attempt, dice) => dice * 100 * 2 ** attempt).capped).toBe(false);
  });

  it('leaves the longest waits that the attempts allow', () => {
    expect(Math.max(...judge((attempt) => 100 * 2 ** attempt).samples)).toBe(1600);
  });
});

import { describe, expect, it } from 'vitest';
import { recordFinding, withFindingSink, type FindingFacts } from '../../src/findings.js';

const fact: FindingFacts = { filename: 'a.ts', ruleId: 'resilience/x', messageId: 'missing', line: 1, column: 1 };

describe('withFindingSink', () => {
  it('hears what is recorded while it runs, and nothing before or after', async () => {
    const heard: FindingFacts[] = [];
    recordFinding(fact);
    const value = await withFindingSink(
      (each) => heard.push(each),
      async () => {
        recordFinding(fact);
        await Promise.resolve();
        recordFinding({ ...fact, line: 2 });
        return 'value';
      },
    );
    recordFinding(fact);
    expect(value).toBe('value');
    expect(heard.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('puts back the sink that was there before, also after an error', async () => {
    const outer: FindingFacts[] = [];
    await withFindingSink(
      (each) => outer.push(each),
      async () => {
        await expect(
          withFindingSink(
            () => undefined,
            () => Promise.reject(new Error('no')),
          ),
        ).rejects.toThrow('no');
        recordFinding(fact);
      },
    );
    expect(outer).toEqual([fact]);
  });
});

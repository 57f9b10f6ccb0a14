import { describe, expect, it } from 'vitest';
import plugin from '../../../src/plugin.js';
import { run } from '../run.js';

const root = import.meta.dirname;

describe('resilience explain', () => {
  it.each(['require-timeout', 'resilience/require-timeout'])('shows the page of %s', async (name) => {
    const { code, stdout, stderr } = await run(root, 'explain', name);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^# resilience\/require-timeout\n\n\S.*\n## What can go wrong\n/su);
    expect(stdout).toMatch(/\nhttps:\/\/\S+\/require-timeout\.md\n$/u);
  });

  it('without a rule lists all of them', async () => {
    const { code, stdout } = await run(root, 'explain');
    expect(code).toBe(0);
    const names = stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(names.filter(Boolean)).toEqual(Object.keys(plugin.rules));
  });

  it('in colours has no markup left, and the code as it is', async () => {
    const { stdout } = await run(root, 'explain', 'require-jitter', '--color');
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    const plain = stdout.replaceAll(/\u001b\[\d+m/gu, '');
    expect(plain).not.toBe(stdout);
    expect(plain).not.toMatch(/^#|^```|^<!--|\*\*Incorrect/mu);
    expect(plain).toContain('\n    export async function balance(account: string): Promise<Response> {\n');
  });

  it.each([
    ['require-timeuot', "There is no rule 'require-timeuot': do you mean "],
    ['jitter', "There is no rule 'jitter': do you mean require-jitter?"],
    ['x', "There is no rule 'x' (resilience explain"],
    ['constructor', "There is no rule 'constructor' ("],
    ['../../../package', "There is no rule '../../../package' ("],
  ])('answers in one line to %s', async (name, message) => {
    const { code, stdout, stderr } = await run(root, 'explain', name);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(`resilience: ${message}`), stderr).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { createProgress, wantsColor, type Output } from '../../src/cli/terminal.js';

function stream(isTTY: boolean, columns?: number): Output & { text: string } {
  return {
    text: '',
    isTTY,
    columns,
    write(text: string) {
      this.text += text;
    },
  };
}

describe('wantsColor', () => {
  it.each([
    ['a terminal', undefined, {}, true, true],
    ['no terminal', undefined, {}, false, false],
    ['a dumb terminal', undefined, { TERM: 'dumb' }, true, false],
    ['NO_COLOR', undefined, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR', undefined, { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', undefined, { FORCE_COLOR: '0' }, true, false],
    ['NO_COLOR over FORCE_COLOR', undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['--color over NO_COLOR', true, { NO_COLOR: '1' }, false, true],
    ['--no-color over FORCE_COLOR', false, { FORCE_COLOR: '1' }, true, false],
  ])('%s', (_name, flag, env, isTTY, expected) => {
    expect(wantsColor(flag, env, stream(isTTY))).toBe(expected);
  });
});

describe('createProgress', () => {
  it('writes one line that fits, and removes it', () => {
    const output = stream(true, 10);
    const progress = createProgress(output, {});
    progress.update('Scanning \u001b[31m');
    progress.clear();
    expect(output.text).toBe('\r\u001b[2KScanning \r\u001b[2K');
  });

  it.each([
    ['without a terminal', false, {}],
    ['in CI', true, { CI: 'true' }],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
  ])('is silent %s', (_name, isTTY, env) => {
    const output = stream(isTTY);
    const progress = createProgress(output, env);
    progress.update('Scanning');
    progress.clear();
    expect(output.text).toBe('');
  });
});

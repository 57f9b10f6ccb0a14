import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockFiles, missingEntries } from '../../scripts/complete-locks.js';

type Lock = Parameters<typeof missingEntries>[0];

describe('the lock files of this repository', () => {
  it.each(lockFiles('.'))('%s is complete ("npm run locks" completes it)', (file) => {
    expect(missingEntries(JSON.parse(readFileSync(file, 'utf8')) as Lock)).toEqual({});
  });
});

describe('missingEntries', () => {
  const tool = { version: '2.0.0', dev: true };

  it('finds packages for other platforms, with what their name says of them', () => {
    const names = [
      '@tool/linux-x64-musl',
      '@tool/linux-arm64-gnu',
      '@tool/binding-win32-x64-msvc',
      'tool-darwin-arm64',
    ];
    const optionalDependencies = Object.fromEntries(names.map((name) => [name, '2.0.0']));
    expect(missingEntries({ packages: { 'node_modules/tool': { ...tool, optionalDependencies } } })).toEqual({
      'node_modules/@tool/linux-x64-musl': { ...tool, optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
      'node_modules/@tool/linux-arm64-gnu': { ...tool, optional: true, os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
      'node_modules/@tool/binding-win32-x64-msvc': { ...tool, optional: true, os: ['win32'], cpu: ['x64'] },
      'node_modules/tool-darwin-arm64': { ...tool, optional: true, os: ['darwin'], cpu: ['arm64'] },
    });
  });

  it('takes what stands beside the dependent, or above it', () => {
    const dependent = { ...tool, optionalDependencies: { 'tool-linux-x64': '2.0.0' } };
    for (const path of [
      'node_modules/tool-linux-x64',
      'node_modules/a/node_modules/tool/node_modules/tool-linux-x64',
    ]) {
      const packages = { '': {}, 'node_modules/a/node_modules/tool': dependent, [path]: { version: '2.0.0' } };
      expect(missingEntries({ packages })).toEqual({});
    }
  });

  it('leaves what is for no one platform, and what has no exact version', () => {
    const optionalDependencies = { fsevents: '2.3.3', 'tool-linux-x64': '^2.0.0' };
    expect(missingEntries({ packages: { 'node_modules/tool': { ...tool, optionalDependencies } } })).toEqual({});
  });
});

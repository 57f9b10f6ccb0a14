/** A scan's result, for the tests of formats. */
import type { Finding, ScanResult } from '../../../src/cli/result.js';

export const base = '/work/shop';

export const finding = (changes: Partial<Finding> = {}): Finding => ({
  path: `${base}/src/pay.ts`,
  ruleId: 'resilience/require-timeout',
  messageId: 'missing',
  message: 'axios.post has no time limit.',
  range: { start: { line: 3, column: 9 }, end: { line: 3, column: 19 } },
  suggestions: [],
  evidence: [],
  fingerprint: '0123456789abcdef',
  ...changes,
});

const source = ["import axios from 'axios';", '', 'await   axios.post(url);', '', 'export {};', ''].join('\n');

export const result = (changes: Partial<ScanResult> = {}): ScanResult => ({
  base,
  preset: 'recommended',
  files: [
    { path: `${base}/src/clean.js`, types: false, fixed: false },
    { path: `${base}/src/pay.ts`, types: true, fixed: false },
  ],
  findings: [],
  skipped: [],
  problems: [],
  cutOff: 0,
  sources: new Map([[`${base}/src/pay.ts`, source]]),
  ...changes,
});

/** A scan whose every name was chosen by somebody who wants to write our output. */
import type { ScanResult } from '../../../src/cli/result.js';
import { base, finding, result } from './result.js';

export const hostileName =
  '\u001b[31m\r\n::error::x\n<script>alert(1)</script>"\'&]]>|`[a](javascript:x)\u202e%0A,:@team\ud800';

const path = `${base}/src/${hostileName}.ts`;

export const hostile: ScanResult = result({
  files: [{ path, types: true, fixed: false }],
  findings: [
    finding({
      path,
      ruleId: `resilience/${hostileName}`,
      message: `The call to ${hostileName} has no limit.`,
      downstream: hostileName,
      client: hostileName,
      fix: { range: [0, 1], text: hostileName },
      suggestions: [{ description: hostileName, fix: { range: [0, 0], text: hostileName } }],
    }),
  ],
  skipped: [{ path: `${base}/${hostileName}`, reason: hostileName }],
  problems: [{ kind: 'parse', path, line: 1, column: 1, message: hostileName }],
  cutOff: 0,
  sources: new Map([[path, `x\n${hostileName}\n${hostileName}\n`]]),
});

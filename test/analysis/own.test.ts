/** Clients that only the settings know. */
import requireTimeout from '../../rules/require-timeout.js';
import { ruleTester } from '../support/rule-tester.js';

const settings = {
  clients: [
    {
      from: { from: 'file', name: 'Billing', path: 'billing.ts' },
      operations: [{ name: 'charge', options: 1, effect: 'non-idempotent-write' }],
      timeout: { option: 'timeoutMs', unit: 'ms' },
      default: null,
    },
  ],
};
const billing = `export class Billing {
  charge(order: string, options?: { timeoutMs?: number }): Promise<string> {
    return Promise.resolve(order + String(options?.timeoutMs));
  }
}
`;

ruleTester(requireTimeout).run({
  valid: [
    {
      name: 'a client of the team, with its limit',
      files: { 'billing.ts': billing },
      settings,
      code: "import { Billing } from './billing.js';\nexport const run = (b: Billing) => b.charge('1', { timeoutMs: 500 });\n",
    },
    {
      name: 'the same class where the settings do not name it',
      files: { 'billing.ts': billing },
      code: "import { Billing } from './billing.js';\nexport const run = (b: Billing) => b.charge('1');\n",
    },
  ],
  invalid: [
    {
      name: 'a client of the team, injected, without a limit',
      files: { 'billing.ts': billing },
      settings,
      code: "import { Billing } from './billing.js';\nexport const run = (b: Billing) => b.charge('1');\n",
      errors: [{ messageId: 'missing', on: 'b.charge' }],
      output:
        "import { Billing } from './billing.js';\nexport const run = (b: Billing) => b.charge('1', { timeoutMs: 5000 });\n",
    },
    {
      name: 'a client of the team that is built here',
      files: { 'billing.ts': billing },
      settings,
      code: "import { Billing } from './billing.js';\nconst b = new Billing();\nexport const run = () => b.charge('1', {});\n",
      errors: [{ messageId: 'missing', on: 'b.charge' }],
      output:
        "import { Billing } from './billing.js';\nconst b = new Billing();\nexport const run = () => b.charge('1', { timeoutMs: 5000 });\n",
    },
  ],
});

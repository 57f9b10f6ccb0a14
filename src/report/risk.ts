/** How bad it is when a rule is right, by the rule's name. */
import type { Risk } from './inventory.js';

const risks: Readonly<Record<string, Risk>> = {
  'require-timeout': 'high',
  'no-ineffective-timeout': 'high',
  'require-idempotent-retry': 'high',
  'require-retry-limit': 'high',
  'no-nested-retry': 'medium',
  'require-backoff': 'medium',
  'no-misused-guard': 'medium',
  'no-unbounded-concurrency': 'medium',
  'no-unguarded-client': 'medium',
  'require-status-check': 'medium',
};

/** How bad a finding of a rule is. */
export function riskOf(ruleId: string): Risk {
  return risks[ruleId.replace(/^resilience\//u, '')] ?? 'low';
}

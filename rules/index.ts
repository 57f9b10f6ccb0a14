/** Every rule, by its name. */
import forwardAbortSignal from './forward-abort-signal.js';
import noIndiscriminateRetry from './no-indiscriminate-retry.js';
import noIneffectiveTimeout from './no-ineffective-timeout.js';
import noMisusedGuard from './no-misused-guard.js';
import noNestedRetry from './no-nested-retry.js';
import noSwallowedFailure from './no-swallowed-failure.js';
import noUnboundedConcurrency from './no-unbounded-concurrency.js';
import noUnguardedClient from './no-unguarded-client.js';
import requireBackoff from './require-backoff.js';
import requireIdempotentRetry from './require-idempotent-retry.js';
import requireJitter from './require-jitter.js';
import requireRetryLimit from './require-retry-limit.js';
import requireStatusCheck from './require-status-check.js';
import requireTimeout from './require-timeout.js';

export const rules = {
  'forward-abort-signal': forwardAbortSignal,
  'no-indiscriminate-retry': noIndiscriminateRetry,
  'no-ineffective-timeout': noIneffectiveTimeout,
  'no-misused-guard': noMisusedGuard,
  'no-nested-retry': noNestedRetry,
  'no-swallowed-failure': noSwallowedFailure,
  'no-unbounded-concurrency': noUnboundedConcurrency,
  'no-unguarded-client': noUnguardedClient,
  'require-backoff': requireBackoff,
  'require-idempotent-retry': requireIdempotentRetry,
  'require-jitter': requireJitter,
  'require-retry-limit': requireRetryLimit,
  'require-status-check': requireStatusCheck,
  'require-timeout': requireTimeout,
};

/** Every rule, by its name. */
import forwardAbortSignal from './forward-abort-signal.js';
import noIneffectiveTimeout from './no-ineffective-timeout.js';
import noSwallowedFailure from './no-swallowed-failure.js';
import requireBackoff from './require-backoff.js';
import requireJitter from './require-jitter.js';
import requireRetryLimit from './require-retry-limit.js';
import requireStatusCheck from './require-status-check.js';
import requireTimeout from './require-timeout.js';

export const rules = {
  'forward-abort-signal': forwardAbortSignal,
  'no-ineffective-timeout': noIneffectiveTimeout,
  'no-swallowed-failure': noSwallowedFailure,
  'require-backoff': requireBackoff,
  'require-jitter': requireJitter,
  'require-retry-limit': requireRetryLimit,
  'require-status-check': requireStatusCheck,
  'require-timeout': requireTimeout,
};

/** Every rule, by its name. */
import forwardAbortSignal from './forward-abort-signal.js';
import noIneffectiveTimeout from './no-ineffective-timeout.js';
import requireTimeout from './require-timeout.js';

export const rules = {
  'forward-abort-signal': forwardAbortSignal,
  'no-ineffective-timeout': noIneffectiveTimeout,
  'require-timeout': requireTimeout,
};

/** Every rule, by its name. */
import noIneffectiveTimeout from './no-ineffective-timeout.js';
import requireTimeout from './require-timeout.js';

export const rules = {
  'no-ineffective-timeout': noIneffectiveTimeout,
  'require-timeout': requireTimeout,
};

/** Every rule, by its name. */
import requireTimeout from './require-timeout.js';

export const rules = {
  'require-timeout': requireTimeout,
};

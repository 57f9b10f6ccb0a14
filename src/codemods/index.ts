/** Every codemod by its name. */
import type { Codemod, CodemodName } from './codemod.js';
import { concurrency } from './concurrency.js';
import { policies } from './policies.js';
import { retries } from './retries.js';
import { signals } from './signals.js';
import { timeouts } from './timeouts.js';

export const codemods: Readonly<Record<CodemodName, Codemod>> = { timeouts, retries, concurrency, signals, policies };

/** Every codemod by its name. */
import type { Codemod, CodemodName } from './codemod.js';
import { concurrency } from './concurrency.js';
import { timeouts } from './timeouts.js';

export const codemods: Readonly<Record<CodemodName, Codemod>> = { timeouts, concurrency };

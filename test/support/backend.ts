/**
 * The parser of the tests, and the type checker behind it: TypeScript's own, or with `RESILIENCE_TEST_BACKEND=native` the
 * native one, which is installed below `test/native` because it needs packages of its own.
 */
import { createRequire } from 'node:module';
import * as classicParser from '@typescript-eslint/parser';

/** Which type checker answers. */
export const backend: 'classic' | 'native' = process.env['RESILIENCE_TEST_BACKEND'] === 'native' ? 'native' : 'classic';

export const parser: typeof classicParser =
  backend === 'native'
    ? (createRequire(new URL('../native/package.json', import.meta.url))('@typescript-eslint/parser') as never)
    : classicParser;

/** The parser's `projectService` for this checker. */
export const projectService: true | { EXPERIMENTAL_backend: 'tsgo' } =
  backend === 'native' ? { EXPERIMENTAL_backend: 'tsgo' } : true;

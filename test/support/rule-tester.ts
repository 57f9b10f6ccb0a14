/**
 * The tester of every rule, over ESLint's own. A case has a name and runs with types (one program for the whole run, the
 * real libraries) and without. An invalid case also shows that its fix, and each suggestion, parses, type-checks, keeps
 * comments, changes nothing when run again, and leaves nothing of the rule to report there.
 *
 * ```ts
 * ruleTester(rule).run({
 *   valid: [{ name: 'a call with a signal', code: `await fetch(url, { signal: AbortSignal.timeout(5000) });` }],
 *   invalid: [{ name: 'a bare fetch', code: `await fetch(url);`, errors: [{ messageId: 'missing', on: 'fetch' }], output: `…` }],
 * });
 * ```
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import {
  type AnyRule,
  type Case,
  CaseProject,
  type Defaults,
  type InvalidCase,
  modesOf,
  type ValidCase,
} from './case-project.js';

export type { Defaults, InvalidCase, ValidCase } from './case-project.js';

/** What a rule made by `defineRule` tells the compiler about itself. */
interface TypedRule<Options extends object, MessageId extends string> extends AnyRule {
  readonly meta: { readonly messages: Record<MessageId, string> };
  readonly defaultOptions?: readonly [Partial<Options>];
}

export interface Cases<Options extends object, MessageId extends string> {
  readonly valid: readonly ValidCase<NoInfer<Options>>[];
  readonly invalid: readonly InvalidCase<NoInfer<Options>, NoInfer<MessageId>>[];
}

/** A tester of `rule`. `defaults` are the options and settings of each case that does not say otherwise. */
export function ruleTester<Options extends object, MessageId extends string>(
  rule: TypedRule<Options, MessageId>,
  defaults: Defaults<NoInfer<Options>> = {},
): { run(cases: Cases<Options, MessageId>): void } {
  return {
    run({ valid, invalid }) {
      const cases: readonly Case<object>[] = [...valid, ...invalid];
      describe(rule.name ?? 'rule', () => {
        let project: CaseProject | undefined;
        beforeAll(() => {
          project = new CaseProject(rule, cases, defaults);
        });
        afterAll(() => {
          project?.dispose();
        });
        for (const [kind, items] of [
          ['valid', valid],
          ['invalid', invalid],
        ] as const) {
          describe(kind, () => {
            for (const item of items) {
              const register = item.only ? it.only : item.skip ? it.skip : it;
              for (const mode of modesOf(item)) {
                register(`${item.name} (${mode})`, () => {
                  project!.verify(item, mode);
                });
              }
            }
          });
        }
      });
    },
  };
}

/** How a rule of this plugin is written: complete, merged options, and the facts of the file. */
import { ESLintUtils, type TSESLint } from '@typescript-eslint/utils';

/** Where the docs of a rule stand. */
export const docsUrl = (name: string): string =>
  `https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/${name}.md`;

/** What a rule says about itself beside ESLint's own metadata. */
export interface RuleDocs {
  readonly description: string;
  /** `strict` contains `recommended`. A list: the options with which the rule runs in `strict`. */
  readonly recommended: 'recommended' | 'strict';
  /** The options that the strict preset adds. */
  readonly strictOptions?: Readonly<Record<string, unknown>>;
  readonly requiresTypeChecking: false;
}

/** A rule as ESLint takes it, with this plugin's docs. */
export type Rule<Options extends object, MessageId extends string> = ESLintUtils.RuleModule<
  MessageId,
  [Partial<Options>],
  RuleDocs
> & { name: string };

/** The context of a rule, with its own message ids. */
export type Context<MessageId extends string, Options extends object> = Readonly<
  TSESLint.RuleContext<MessageId, [Partial<Options>]>
>;

const createRule = ESLintUtils.RuleCreator<RuleDocs>(docsUrl);

/** Makes a rule whose `create` gets one complete options object. */
export function defineRule<Options extends object, MessageId extends string>(rule: {
  readonly name: string;
  readonly meta: Omit<ESLintUtils.NamedCreateRuleMeta<MessageId, RuleDocs, [Partial<Options>]>, 'defaultOptions'> & {
    readonly defaultOptions: readonly [Options];
  };
  readonly create: (context: Context<MessageId, Options>, options: Options) => TSESLint.RuleListener;
}): Rule<Options, MessageId> {
  return createRule<[Partial<Options>], MessageId>({
    name: rule.name,
    meta: rule.meta as never,
    create: (context) => rule.create(context, { ...rule.meta.defaultOptions[0], ...context.options[0] }),
  });
}

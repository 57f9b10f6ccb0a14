/** What rules share: the facts of the file that they look at, and reports that keep the settings' word on fixes. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { analyze, type Facts } from './analysis/analyze.js';
import type { DownstreamCall } from './analysis/calls.js';
import { inSettings, isIgnored, type About } from './analysis/naming.js';
import type { Site } from './analysis/values.js';
import { applyEdits, type Edit } from './fixes/edits.js';
import { recordFinding } from './findings.js';
import { resolveSettings, type Settings } from './settings.js';

type AnyContext = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** What ESLint's settings came to for a tree: every rule asks, and the settings file is looked for once. */
const resolved = new WeakMap<TSESTree.Program, { readonly fromEslint: unknown; readonly settings: Settings }>();

function settingsOf({ filename, settings: { resilience: fromEslint }, sourceCode: { ast } }: AnyContext): Settings {
  const known = resolved.get(ast);
  if (known && known.fromEslint === fromEslint) return known.settings;
  const settings = resolveSettings(filename, fromEslint);
  resolved.set(ast, { fromEslint, settings });
  return settings;
}

/** The facts of the file that a rule looks at; `null` where it can hold nothing of interest. */
export function factsOf(context: AnyContext): Facts | null {
  const { sourceCode } = context;
  const settings = settingsOf(context);
  return analyze(
    {
      path: context.physicalFilename,
      text: sourceCode.text,
      ast: sourceCode.ast,
      scopeManager: sourceCode.scopeManager,
      visitorKeys: sourceCode.visitorKeys,
      parserServices: sourceCode.parserServices ?? null,
      parser: context.languageOptions.parser,
    },
    settings,
  );
}

/** Reports a problem, and tells the host's sink (if there is one) which downstream and client it is about. */
export function report<MessageId extends string>(
  context: Readonly<TSESLint.RuleContext<MessageId, readonly unknown[]>>,
  descriptor: TSESLint.ReportDescriptor<MessageId> & { readonly node: TSESTree.Node },
  about: About & {
    /** The code that the verdict rests on: who changes it may have brought the problem in. */
    readonly evidence?: readonly (Site | null | undefined)[];
  },
): void {
  const settings = settingsOf(context);
  if (isIgnored(settings, about)) return;
  context.report(descriptor);
  const { line, column } = descriptor.node.loc.start;
  recordFinding({
    filename: context.filename,
    ruleId: `resilience/${context.id.replace(/^.*\//, '')}`,
    messageId: descriptor.messageId,
    line,
    column: column + 1,
    downstream: inSettings(settings, about)?.name ?? about.downstream ?? undefined,
    client: about.client ?? undefined,
    evidence: about.evidence?.flatMap((site) =>
      site ? [{ path: site.module.path, start: site.node.loc.start, end: site.node.loc.end }] : [],
    ),
  });
}

/** The code that decides how a call is made: the whole call, its client's construction, what configures that. */
export function evidenceOf(call: DownstreamCall | null | undefined): (Site | null)[] {
  if (!call) return [];
  const { client } = call;
  return [call, client.site, ...client.configs.map((config) => ('site' in config ? config.site : null))];
}

/** A change that a report offers. */
export interface Mend<MessageId extends string> {
  readonly edits: readonly Edit[];
  /** The message of the suggestion, where it is offered as one. */
  readonly suggestion: MessageId;
  readonly data: Readonly<Record<string, string>>;
  /** The team must choose: never applied without being asked for. */
  readonly choice: boolean;
}

/** The fix or the suggestions of a report, as the settings and the file allow. */
export function mendsOf<MessageId extends string>(
  facts: Facts,
  mends: readonly (Mend<MessageId> | null)[],
): { fix: TSESLint.ReportFixFunction | null; suggest: TSESLint.SuggestionReportDescriptor<MessageId>[] } {
  const offered = mends.filter((mend) => mend !== null);
  if (facts.settings.fix === 'off' || facts.generated) return { fix: null, suggest: [] };
  const automatic = facts.settings.fix === 'auto' ? offered.find((mend) => !mend.choice) : undefined;
  if (automatic) return { fix: (fixer) => applyEdits(fixer, automatic.edits), suggest: [] };
  return {
    fix: null,
    suggest: offered.map((mend) => ({
      messageId: mend.suggestion,
      data: mend.data,
      fix: (fixer) => applyEdits(fixer, mend.edits),
    })),
  };
}

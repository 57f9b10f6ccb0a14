/** Joins SARIF logs of this tool into the log that one scan of everything would have given. */
import { compareText } from '../../project/paths.js';
import { UsageError } from '../command.js';
import type { SarifLog, SarifResult } from '../formats/sarif.js';

/** @throws UsageError when the parts do not fit together */
export function mergeSarif(parts: readonly { readonly name: string; readonly log: SarifLog }[]): SarifLog {
  const runs = parts.flatMap(({ name, log }) => log.runs.map((run) => ({ name, run })));
  const [first] = runs;
  if (!first) throw new UsageError('There is nothing to merge');
  const other = runs.find(({ run }) => run.tool.driver.version !== first.run.tool.driver.version);
  if (other) throw new UsageError(`${first.name} and ${other.name} are not of the same version`);

  const rules = new Map(runs.flatMap(({ run }) => run.tool.driver.rules.map((rule) => [rule.id, rule] as const)));
  const indexes = new Map([...rules.keys()].map((id, index) => [id, index]));
  const results = new Map<string, SarifResult>();
  for (const result of runs.flatMap(({ run }) => run.results)) {
    const merged = { ...result, ruleIndex: indexes.get(result.ruleId) ?? -1 };
    results.set(JSON.stringify(merged), merged);
  }
  const invocations = runs.flatMap(({ run }) => run.invocations);
  const notifications = new Map(
    invocations
      .flatMap(({ toolExecutionNotifications }) => toolExecutionNotifications)
      .map((notification) => [JSON.stringify(notification), notification]),
  );
  return {
    ...parts[0]?.log,
    version: '2.1.0',
    runs: [
      {
        ...first.run,
        tool: { driver: { ...first.run.tool.driver, rules: [...rules.values()] } },
        invocations: [
          {
            executionSuccessful: invocations.every(({ executionSuccessful }) => executionSuccessful),
            toolExecutionNotifications: [...notifications.values()],
          },
        ],
        results: [...results.values()].sort(byPlace),
      },
    ],
  };
}

/** The order of a scan. */
function byPlace(a: SarifResult, b: SarifResult): number {
  const placeOf = ({ locations }: SarifResult) => locations[0]?.physicalLocation;
  const [left, right] = [placeOf(a), placeOf(b)];
  if (!left || !right) return 0;
  return (
    compareText(decodeURI(left.artifactLocation.uri), decodeURI(right.artifactLocation.uri)) ||
    left.region.startLine - right.region.startLine ||
    left.region.startColumn - right.region.startColumn ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.properties.messageId, b.properties.messageId)
  );
}

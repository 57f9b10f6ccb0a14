/** `concurrency`: gives fan-outs the project's limiter, else p-limit. */
import { downstreamOfCall } from '../analysis/downstreams.js';
import { isIgnored } from '../analysis/naming.js';
import { limitFanOut } from '../fixes/limiters.js';
import { nearestManifest } from '../analysis/packages.js';
import type { Change, Codemod, Left } from './codemod.js';

/** A collection that is written down and no longer than this needs no limiter, as in the rule. */
const maxLiteral = 16;

export const concurrency: Codemod = {
  name: 'concurrency',
  summary: 'give fan-outs the project’s limiter',
  rules: ['no-unbounded-concurrency'],
  begin(target) {
    return {
      visit({ path, source, facts }) {
        const changes: Change[] = [];
        const left: Left[] = [];
        for (const fact of facts?.isolation.fanOuts ?? []) {
          if (!facts || fact.verdict === 'unknown') continue;
          if (fact.size.kind === 'known' && fact.size.count <= maxLiteral) continue;
          const about = { client: fact.call.library.name, downstream: downstreamOfCall(facts.evaluator, fact.call) };
          if (isIgnored(facts.settings, about)) continue;
          const { line } = fact.node.loc.start;
          const fix = limitFanOut(source, fact, facts.settings.concurrency, facts.module);
          if (!fix) {
            left.push({ path, line, why: 'the calls are started in a way that no limiter fits into by itself' });
            continue;
          }
          if (!fix.installed) target.require(fix.package, rangeOf(path));
          changes.push({
            path,
            line,
            what: `${fix.package}, ${String(facts.settings.concurrency)} at a time`,
            edits: fix.edits,
          });
        }
        return { changes, left };
      },
    };
  },
};

/** From its fourth version on p-limit is an ES module only. */
function rangeOf(file: string): string {
  return nearestManifest(file)?.type === 'module' ? '^7.0.0' : '^3.1.0';
}

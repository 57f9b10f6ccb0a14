import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Linter } from 'eslint';
import { alternate, compare, lint, timed } from '../measure.js';
import { type Row, ms } from '../row.js';

/** The same rules in oxlint, which has a faster parser and one process start less to make. */
export const oxlintRow: Row = {
  id: 'oxlint',
  what: '`strict` in oxlint: wall time against `strict` in ESLint, untyped',
  aim: 0.4,
  measure: async ({ main, pairs, root, scratch }) => {
    const plugin = join(root, 'dist/src/plugin.js');
    const { default: resilience } = (await import(plugin)) as { default: { configs: { strict: Linter.Config[] } } };
    const config = join(scratch, 'oxlintrc.json');
    writeFileSync(
      config,
      JSON.stringify({
        plugins: [],
        categories: { correctness: 'off' },
        jsPlugins: [plugin],
        rules: resilience.configs.strict[0]?.rules,
      }),
    );
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const measured = await alternate(
      pairs,
      () =>
        timed(process.execPath, [oxlint, '--config', config, '--format', 'json', ...main.patterns], main.cwd, [0, 1]),
      () => lint({ ...main, typed: false, floating: false, ours: 'strict', stats: false }),
    );
    const { ours, base, ...figure } = compare(
      measured,
      (run) => run.wallMs,
      (run) => run.wallMs,
    );
    return { ...figure, detail: `${ms(ours)} against ${ms(base)}` };
  },
};

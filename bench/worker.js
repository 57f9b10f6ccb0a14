/**
 * One measured run of ESLint, in a process of its own: takes a `Job` (measure.ts) as JSON in its argument, and prints a
 * `Measurement` as JSON. Nothing else of the bench runs in this process.
 */
import tseslint from 'typescript-eslint';
import { ESLint } from 'eslint';

/** @type {import('./measure.js').Job} */
const { cwd, patterns, typed, floating, ours, stats } = JSON.parse(process.argv[2] ?? '');

const files = ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'];
/** @type {import('eslint').Linter.Config[]} */
const config = [
  {
    files,
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: typed ? { projectService: true, tsconfigRootDir: cwd } : {},
    },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
];
if (floating) {
  config.push({
    files,
    plugins: { '@typescript-eslint': /** @type {any} */ (tseslint.plugin) },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  });
}
if (ours !== 'none') {
  const { default: plugin } = await import('../dist/src/plugin.js');
  const preset = plugin.configs[ours === 'nothing' ? 'recommended' : ours];
  if (ours === 'nothing') {
    // As many rules as the preset has, each of which does nothing.
    const names = Object.keys(plugin.rules).filter((name) => preset[0]?.rules?.[`resilience/${name}`]);
    config.push({
      files,
      plugins: {
        nothing: { rules: Object.fromEntries(names.map((name) => [name, { create: () => ({ Program() {} }) }])) },
      },
      rules: Object.fromEntries(names.map((name) => [`nothing/${name}`, 'error'])),
    });
  } else {
    config.push(.../** @type {any[]} */ (preset));
  }
}

const eslint = new ESLint({
  cwd,
  overrideConfigFile: true,
  overrideConfig: config,
  stats,
  errorOnUnmatchedPattern: false,
});
const results = await eslint.lintFiles([...patterns]);

/** @type {import('./measure.js').Measurement} */
const measurement = {
  wallMs: performance.now(),
  peakBytes: process.resourceUsage().maxRSS * 1024,
  files: results.length,
  unparsed: results.filter((result) => result.fatalErrorCount > 0).length,
  reports: 0,
  ruleMs: {},
};
for (const { messages, stats: times } of results) {
  measurement.reports += messages.filter((message) => message.ruleId?.startsWith('resilience/')).length;
  for (const pass of times?.times.passes ?? []) {
    for (const [rule, { total }] of Object.entries(pass.rules ?? {})) {
      measurement.ruleMs[rule] = (measurement.ruleMs[rule] ?? 0) + total;
    }
  }
}
console.log(JSON.stringify(measurement));

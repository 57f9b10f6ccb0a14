/** The page that `npm run bench -- --write` writes. */

/** What was measured, on what. */
export interface PageFacts {
  /** The table in Markdown, its header among it. */
  readonly table: readonly string[];
  readonly command: string;
  readonly files: number;
  readonly pairs: number;
  readonly machine: string;
}

/** `docs/performance.md`: the figures, and in words what they are made of. */
export function performancePage({ table, command, files, pairs, machine }: PageFacts): string {
  return `# Performance

What the rules cost. Each figure is a ratio of two runs on the same machine, which took turns; a figure is the median of its
pairs, with its 95 % interval, and an aim counts as missed only where the whole interval is above it.

${table.join('\n')}

Measured on a generated code base of ${files} files (a tenth of them call a network, half of those through the project's own
client in another file), ${pairs} pairs, ${machine}. \`${command}\` wrote this page; \`npm run build && npm run bench -- <path>\`
measures any project that has a \`tsconfig.json\`.

## Where the time goes

Facts are computed once a file and shared by all rules: the rule that runs first is charged with them. What they cost, most first:

1. **Other files.** To know what a call in this file does, the file that declares the function is read as a tree of its own
   (3 to 23 ms each), since a wrapper, a retry helper or a client's construction may stand there. A file is read only if its
   text names a client, and once: what the host has parsed already is taken from there, and parsed files are kept, within a
   bound on their number and text.
2. **Questions to the type checker**, above all what a method is declared by. A call is asked about only if its name is that of an
   operation of a library that the program contains, and then for the callee alone: the checker never chooses an overload,
   for which it would look at the arguments. Clients whose methods may have any name (Redis, gRPC) cost more: there the type
   of each call's object is asked for.
3. **Evaluation** of expressions. Its budgets (steps a question, steps a file, calls that are followed) end what would take too
   long; what they cut off is \`unknown\`, and \`resilience scan --format json\` counts it (\`summary.cutOff\`).

## Why a ratio of 0.3 is out of reach so far

\`no-floating-promises\` asks one question about each statement that is an expression, and never looks into another file. In a run
of their own the rules have to ask the checker about each call that may reach a client, in every file, and to parse the files
where the calls lead; each of the two alone costs about as much as that rule. A summary of each module, made when it is
linted or first asked for and kept without its tree, would save most of the parsing; that is the next step.

A rule that does nothing takes a microsecond or so a file, less than one look at the text of a file takes: the ratio on files
without a network is large, and the time small.
`;
}

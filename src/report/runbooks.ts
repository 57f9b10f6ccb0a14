/** Runbook stubs: what is known of a downstream, and the questions that only its team can answer. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { escapeMarkdown, markdownCode } from '../project/escape.js';
import { writeFileAtomic } from '../project/write-file.js';
import type { Downstream, Inventory } from './inventory.js';
import { durationText } from '../analysis/retries/judge.js';

/** A line that says that nobody has filled in a stub yet. It goes when somebody has. */
const mark = '<!-- resilience: stub. Delete this line when the runbook is filled in. -->';

/** Whether a runbook is still the stub that was written. */
export const isUnfilled = (text: string): boolean => text.includes(mark);

/** What became of the stubs. */
export interface WrittenRunbooks {
  /** Absolute. */
  readonly written: readonly string[];
  /** What was there already, and stays as it is. */
  readonly kept: readonly string[];
}

/** Writes a stub for each downstream that has no file there. Throws what the file system throws. */
export function writeRunbooks(inventory: Inventory, directory: string): WrittenRunbooks {
  const written: string[] = [];
  const kept: string[] = [];
  for (const downstream of inventory.downstreams) {
    const file = path.join(directory, `${downstream.slug}.md`);
    if (existsSync(file)) {
      kept.push(file);
      continue;
    }
    writeFileAtomic(file, runbookStub(downstream, inventory));
    written.push(file);
  }
  return { written, kept };
}

/** The stub of one downstream. */
function runbookStub(downstream: Downstream, { calls, entryPoints }: Inventory): string {
  const own = calls.filter(({ id }) => downstream.calls.includes(id));
  const waiting = entryPoints.filter(({ critical }) => critical.includes(downstream.name));
  const optional = entryPoints.filter((entry) => entry.optional.includes(downstream.name));
  const { timeout, retry, guard, fallback } = downstream.practices;
  const line = (title: string, text: string): string => `| ${title} | ${escapeMarkdown(text)} |`;
  const entry = ({ name, worst }: (typeof waiting)[number]): string =>
    `- ${escapeMarkdown(name)}: ${worst.ms === 'never' ? 'may wait for ever' : worst.ms === null ? 'how long it may wait is not known' : `may wait ${worst.atLeast ? 'more than ' : ''}${durationText(worst.ms)}`}`;
  return `# Runbook: ${escapeMarkdown(downstream.name)}

${mark}

|  |  |
| --- | --- |
${line('Called with', downstream.clients.join(', '))}
${line('By', downstream.services.join(', '))}
${line('Timeout', timeout.text)}
${line('Retry', retry.text)}
${line('Circuit breaker', guard.text)}
${line('Fallback', fallback.text)}

## What stops when it fails

${[...waiting.map(entry), ...optional.map(({ name }) => `- ${escapeMarkdown(name)}: goes on without it`)].join('\n') || '- Not known from the code.'}

## How to see that it is down

- Dashboard, alert:
- Status page of the other side:

## When it is slow

1.

## When it refuses everything

1.

## When it answers wrongly

1.

## Back to normal

- How to see that it is well again, and what has to be sent again:

## People

- Who owns it, and how they are reached:

## Where it is called

${own.map(({ path: file, line: at, operation, method }) => `- ${markdownCode(`${file}:${at}`)}: ${markdownCode(method ?? operation)}`).join('\n')}
`;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { formatSarif } from '../../../src/cli/formats/sarif.js';
import type { ScanResult } from '../../../src/cli/result.js';
import { hostile } from './hostile.js';
import { base, finding, result } from './result.js';

// OASIS's schema, as the JSON Schema Store has it.
const schemas = path.join(
  path.dirname(createRequire(import.meta.url).resolve('schemastore/package.json')),
  'schemas/json',
);
const schema = JSON.parse(readFileSync(path.join(schemas, 'sarif-2.1.0.json'), 'utf8')) as object;
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { id: string; help?: { markdown: string } }[] } };
    readonly invocations: readonly unknown[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly message: { readonly text: string };
      readonly locations: readonly { physicalLocation: { artifactLocation: { uri: string }; region: Region } }[];
      readonly partialFingerprints: Record<string, string>;
      readonly fixes?: readonly {
        readonly description: { readonly text: string };
        readonly artifactChanges: readonly {
          readonly replacements: readonly { deletedRegion: Region; insertedContent: { text: string } }[];
        }[];
      }[];
    }[];
  }[];
}

function log(scan: ScanResult): Log['runs'][number] {
  const text = formatSarif({ result: scan, version: '1.2.3', color: true, width: 80 });
  // eslint-disable-next-line no-control-regex -- it is what it looks for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
  const parsed = JSON.parse(text) as Log;
  validate(parsed);
  expect(validate.errors).toBeNull();
  expect(parsed.runs).toHaveLength(1);
  return parsed.runs[0]!;
}

describe('formatSarif', () => {
  it('describes every rule, with its docs page as help', () => {
    const { rules } = log(result()).tool.driver;
    expect(rules.length).toBeGreaterThan(10);
    for (const { id, help } of rules) {
      expect(help?.markdown, id).toMatch(/^(?!#)\S.*\n\n## What can go wrong\n/su);
      expect(help?.markdown, id).not.toMatch(/\]\((?!https:)|auto-generated|<!--/u);
    }
  });

  it('has the place, the message and the rule of a finding', () => {
    const { results, tool } = log(result({ findings: [finding({ downstream: 'payments' })] }));
    expect(results).toMatchObject([
      {
        ruleId: 'resilience/require-timeout',
        message: { text: 'axios.post has no time limit.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/pay.ts', uriBaseId: '%SRCROOT%' },
              region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 19 },
            },
          },
        ],
        properties: { downstream: 'payments', messageId: 'missing' },
      },
    ]);
    expect(tool.driver.rules[results[0]!.ruleIndex]?.id).toBe('resilience/require-timeout');
  });

  it('has fixes that, applied by lines and columns, give what the edits give', () => {
    const source = 'const a = 1;\r\n\tcall(😀, a);\n';
    const at = source.indexOf(', a');
    const edit = { range: [at, at + 3], text: ', a, { timeout: 5000 }' } as const;
    const other = { range: [0, 0], text: "import x from 'x';\n" } as const;
    const { results } = log(
      result({
        findings: [finding({ fix: edit, suggestions: [{ description: 'Import it', fix: other }] })],
        sources: new Map([[`${base}/src/pay.ts`, source]]),
      }),
    );
    const lines = source.split(/(?<=\n)/u);
    const applied = results[0]!.fixes!.map(({ artifactChanges }) => {
      const { deletedRegion: region, insertedContent } = artifactChanges[0]!.replacements[0]!;
      const offset = (line: number, column: number): number => lines.slice(0, line - 1).join('').length + column - 1;
      const start = offset(region.startLine, region.startColumn);
      return source.slice(0, start) + insertedContent.text + source.slice(offset(region.endLine, region.endColumn));
    });
    const apply = ({ range, text }: typeof edit | typeof other): string =>
      source.slice(0, range[0]) + text + source.slice(range[1]);
    expect(applied).toEqual([apply(edit), apply(other)]);
  });

  it('tells the same code twice apart, and not by its line', () => {
    const moved = { start: { line: 90, column: 9 }, end: { line: 90, column: 19 } };
    const prints = (scan: ScanResult): unknown[] =>
      log(scan).results.map(({ partialFingerprints }) => partialFingerprints);
    const both = prints(result({ findings: [finding(), finding()] }));
    expect(both).toEqual([{ 'resilience/v1': '0123456789abcdef:1' }, { 'resilience/v1': '0123456789abcdef:2' }]);
    expect(prints(result({ findings: [finding({ range: moved })] }))).toEqual([both[0]]);
  });

  it('tells of trouble, and of files that were left out', () => {
    const { invocations } = log(
      result({
        skipped: [{ path: `${base}/big.js`, reason: 'larger than 1 MB' }],
        problems: [{ kind: 'path', path: `${base}/nowhere`, message: 'no such file or directory' }],
      }),
    );
    expect(invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'no such file or directory' } },
          { level: 'note', message: { text: 'skipped, larger than 1 MB' } },
        ],
      },
    ]);
  });

  it('lets no name become a link or leave its place', () => {
    const { results, tool } = log(hostile);
    expect(results[0]!.message.text).not.toMatch(/(?<!\\)\]\(/u);
    expect(results[0]!.locations[0]!.physicalLocation.artifactLocation.uri).toMatch(/^src\/[\w%.~/-]+$/u);
    expect(tool.driver.rules[results[0]!.ruleIndex]?.id).toBe(results[0]!.ruleId);
  });
});

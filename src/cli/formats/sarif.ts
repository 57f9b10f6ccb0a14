/** SARIF 2.1.0, for code scanning. The shape is OASIS's; what it does not ask for and no reader uses is left out. */
import { encodeSegment, visible } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import ownPlugin from '../../plugin.js';
import { numbered } from '../fingerprint.js';
import { splitLines, type Range } from '../frame.js';
import type { Edit, Finding, ScanResult } from '../result.js';
import { rulePage } from '../rule-docs.js';
import type { FormatOptions } from './format.js';
import { jsonText } from './json-text.js';
import { docsPage, groupByFile } from './words.js';

const INFORMATION = 'https://github.com/eslint-plugin-resilience/eslint-plugin-resilience';

/** As much of a log as `resilience merge` looks at. */
export interface SarifLog {
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly invocations: readonly SarifInvocation[];
  readonly columnKind: 'utf16CodeUnits';
  readonly results: readonly SarifResult[];
}

interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly semanticVersion: string;
  readonly informationUri: string;
  readonly rules: readonly { readonly id: string }[];
}

export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly toolExecutionNotifications: readonly object[];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number; readonly startColumn: number };
    };
  }[];
  readonly properties: { readonly messageId: string };
}

/** One run of one tool. Paths are relative to `%SRCROOT%`. */
export function formatSarif({ result, version }: FormatOptions): string {
  const rules = Object.entries(ownPlugin.rules).map(([name, { meta }]) =>
    ruleDescriptor(name, meta?.docs?.description),
  );
  // A configuration of the project's own may bring rules under our prefix that are not ours.
  const foreign = [...new Set(result.findings.map(({ ruleId }) => ruleId))].filter(
    (ruleId) => !rules.some(({ id }) => id === ruleId),
  );
  const ids = [...rules.map(({ id }) => id), ...foreign];
  const log: SarifLog & { readonly $schema: string } = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'eslint-plugin-resilience',
            version,
            semanticVersion: version,
            informationUri: INFORMATION,
            rules: [...rules, ...foreign.map((id) => ({ id: visible(id) }))],
          },
        },
        invocations: [invocation(result)],
        columnKind: 'utf16CodeUnits',
        results: [...groupByFile(result.findings).values()].flatMap((own) => resultsOf(own, ids, result)),
      },
    ],
  };
  return jsonText(log);
}

function ruleDescriptor(name: string, description = '') {
  const id = `resilience/${name}`;
  const sentence = `${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
  const page = rulePage(name);
  return {
    id,
    name: name.replaceAll(/(?:^|-)(?<letter>[a-z])/gu, (_match, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sentence },
    fullDescription: { text: sentence },
    help: { text: page, markdown: page },
    helpUri: docsPage(id),
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['reliability', 'resilience'], precision: 'very-high', 'problem.severity': 'error' },
  };
}

function invocation({ base, problems, skipped }: ScanResult): SarifInvocation {
  return {
    executionSuccessful: problems.length === 0,
    toolExecutionNotifications: [
      ...problems.map(({ path, line, column, message }) => ({
        level: 'error',
        message: { text: plainText(message) },
        locations: [
          {
            physicalLocation: {
              artifactLocation: artifact(path, base),
              ...(line !== undefined && { region: { startLine: line, startColumn: column ?? 1 } }),
            },
          },
        ],
      })),
      ...skipped.map(({ path, reason }) => ({
        level: 'note',
        message: { text: plainText(`skipped, ${reason}`) },
        locations: [{ physicalLocation: { artifactLocation: artifact(path, base) } }],
      })),
    ],
  };
}

function resultsOf(
  findings: readonly Finding[],
  ruleIds: readonly string[],
  { base, sources }: ScanResult,
): SarifResult[] {
  const fingerprints = numbered(findings.map(({ fingerprint }) => fingerprint));
  return findings.map((finding, index) => {
    const { path, ruleId, messageId, message, range, fix, suggestions, downstream, client, evidence } = finding;
    const source = sources.get(path);
    const fixes =
      source === undefined
        ? []
        : [
            ...(fix ? [{ description: 'Applied by --fix', edit: fix }] : []),
            ...suggestions.map(({ description, fix: edit }) => ({ description, edit })),
          ].map(({ description, edit }) => ({
            description: { text: plainText(description) },
            artifactChanges: [{ artifactLocation: artifact(path, base), replacements: [replacement(edit, source)] }],
          }));
    return {
      ruleId: visible(ruleId),
      ruleIndex: ruleIds.indexOf(ruleId),
      level: 'error',
      message: { text: plainText(message) },
      locations: [{ physicalLocation: { artifactLocation: artifact(path, base), region: regionOf(range) } }],
      partialFingerprints: { 'resilience/v1': fingerprints[index] },
      ...(evidence.length > 0 && {
        relatedLocations: evidence.map((location, id) => ({
          id,
          physicalLocation: {
            artifactLocation: artifact(location.path, base),
            region: regionOf(location.range),
          },
        })),
      }),
      ...(fixes.length > 0 && { fixes }),
      properties: {
        messageId,
        ...(downstream !== undefined && { downstream: visible(downstream) }),
        ...(client !== undefined && { client: visible(client) }),
      },
    };
  });
}

const regionOf = ({ start, end }: Range) => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

/** A viewer may not know where our offsets begin in a file with a byte order mark: lines and columns are never in doubt. */
function replacement({ range, text }: Edit, source: string) {
  return {
    deletedRegion: regionOf({ start: positionAt(source, range[0]), end: positionAt(source, range[1]) }),
    insertedContent: { text },
  };
}

function positionAt(source: string, offset: number): Range['start'] {
  const before = splitLines(source.slice(0, offset));
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function artifact(path: string, base: string) {
  const uri = toRelative(path, base).split('/').map(encodeSegment).join('/');
  // A path on another drive stays absolute, and has no base.
  return /^[A-Za-z]%3A/u.test(uri) ? { uri: `file:///${uri.replace('%3A', ':')}` } : { uri, uriBaseId: '%SRCROOT%' };
}

/** Plain text may hold links, `[text](target)`: what is escaped is none. */
const plainText = (text: string): string => visible(text).replaceAll(/\](?=\()/gu, '\\]');

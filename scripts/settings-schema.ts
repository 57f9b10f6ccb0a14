/** What is published about the settings, made from their shape: the JSON schema, and the table in the docs. */
import { defaultSettings } from '../src/settings.js';
import { describeShape, settingsShape, type Key, type ObjectShape, type Shape } from '../src/settings/shape.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Where the published schema stands. */
const schemaUrl =
  'https://raw.githubusercontent.com/eslint-plugin-resilience/eslint-plugin-resilience/main/schema/resilience.config.schema.json';

/** The JSON schema (draft 7, which editors know best) of `resilience.config.json`. */
export function settingsSchema(): JsonSchema {
  const { properties, ...rest } = ofShape(settingsShape) as { readonly properties: Record<string, JsonSchema> };
  const withDefaults = Object.entries(properties).map(([name, schema]) => {
    const value = defaultOf(name);
    return [name, value === null ? schema : { ...schema, default: value }];
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaUrl,
    title: 'Settings of eslint-plugin-resilience',
    ...rest,
    properties: {
      $schema: { type: 'string', minLength: 1, description: 'Where this schema is, for editors.' },
      ...(Object.fromEntries(withDefaults) as Record<string, JsonSchema>),
    },
  };
}

function ofShape(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case 'null':
    case 'boolean':
      return { type: shape.kind };
    case 'text':
      return { type: 'string', minLength: 1 };
    case 'integer':
      return { type: 'integer', minimum: shape.min, maximum: shape.max };
    case 'choice':
      return { type: 'string', enum: shape.values };
    case 'list':
      return { type: 'array', items: ofShape(shape.of), ...(shape.min !== undefined && { minItems: shape.min }) };
    case 'object':
      return ofObject(shape);
    case 'variants':
      return { anyOf: Object.values(shape.of).map(ofObject) };
    case 'either':
      return { anyOf: shape.of.map(ofShape) };
  }
}

function ofObject({ keys }: ObjectShape): JsonSchema {
  const entries = Object.entries(keys);
  const required = entries.filter(([, key]) => key.required).map(([name]) => name);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(entries.map(([name, key]) => [name, ofKey(key)])),
  };
}

function ofKey({ shape, description }: Key): JsonSchema {
  const unit = shape.kind === 'integer' && shape.of !== undefined ? ` (${shape.of})` : '';
  return { ...ofShape(shape), ...(description !== undefined && { description: `${description}${unit}.` }) };
}

const defaultOf = (name: string): unknown => (defaultSettings as unknown as Record<string, unknown>)[name];

/** The table of all settings, in Markdown. */
export function settingsTable(): string {
  const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
  const rows = Object.entries(settingsShape.keys).map(([name, { shape, description }]) =>
    [`\`${name}\``, `${description}.`, takes(shape), `\`${JSON.stringify(defaultOf(name))}\``].map(cell),
  );
  return [['Key', 'What it is', 'What it takes', 'Default'], ['---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** In the table a list of objects only says that it is one: each has a section below. */
function takes(shape: Shape): string {
  const text =
    shape.kind === 'list' ? (shape.of.kind === 'object' ? 'a list of objects' : 'a list') : describeShape(shape);
  return text.replaceAll(/"[^"]+"/gu, (quoted) => `\`${quoted.slice(1, -1)}\``);
}

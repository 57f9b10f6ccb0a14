import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import type { Bound, ClientType, Export, Library, RetryBehaviour } from '../../src/catalog/schema.js';

const root = path.join(import.meta.dirname, '..', '..');

const clientsOf = (library: Library): [string, ClientType][] => Object.entries(library.clients ?? {});

const flat = (exports: Readonly<Record<string, Export>>): Export[] =>
  Object.values(exports).flatMap((one) => (one.is === 'namespace' ? flat(one.exports) : [one]));

/** Ranges that share no version: `>=16` and `>=14 <16`. */
const apart = (a: Bound, b: Bound): boolean =>
  a.versions !== undefined && b.versions !== undefined && a.versions !== b.versions;

const placesOf = ({ where }: Bound): readonly string[] => (where === 'both' ? ['construction', 'call'] : [where]);

describe('the catalog', () => {
  it('has at least 75 entries', () => {
    expect(catalog.length).toBeGreaterThanOrEqual(75);
  });

  it('names each library once', () => {
    const names = catalog.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('puts a package before the pattern that holds it', () => {
    const seen: string[] = [];
    for (const { packages } of catalog) {
      for (const name of packages) {
        const pattern = seen.find((one) => one.endsWith('*') && name.startsWith(one.slice(0, -1)));
        expect(pattern, `${name} stands after ${pattern ?? ''}`).toBeUndefined();
        seen.push(name);
      }
    }
  });
});

describe.each(catalog.map((library) => [library.name, library] as const))('%s', (_, library) => {
  it('exports only client types and policies that it defines', () => {
    for (const one of [...flat(library.exports), ...flat(library.globals ?? {})]) {
      if (one.is === 'policy') expect(library.policies).toHaveProperty([one.policy]);
      else if (one.is !== 'namespace' && one.is !== 'options') expect(library.clients).toHaveProperty([one.type]);
    }
  });

  it('leads by members and derivations only to client types that it defines', () => {
    for (const [, client] of clientsOf(library)) {
      for (const type of Object.values(client.members ?? {})) expect(library.clients).toHaveProperty([type]);
      for (const { type } of client.derives ?? []) expect(library.clients).toHaveProperty([type]);
    }
  });

  it('says where each fact comes from', () => {
    const sources = clientsOf(library).flatMap(([, client]) => [
      ...client.bounds.map((bound) => bound.source),
      ...client.limits.map((limit) => limit.source),
      ...(client.retry?.default.map((behaviour: RetryBehaviour) => behaviour.source) ?? []),
    ]);
    for (const source of [...sources, ...Object.values(library.policies ?? {}).map((policy) => policy.source)]) {
      expect(source.length).toBeGreaterThan(5);
    }
    expect(library.verified.length).toBeGreaterThan(0);
  });

  it('does not contradict itself about an option', () => {
    for (const [, { bounds }] of clientsOf(library)) {
      bounds.forEach((bound, index) => {
        const others = bounds.slice(index + 1).filter((other) => other.option === bound.option && !apart(bound, other));
        for (const other of others) {
          expect(
            placesOf(other).some((place) => placesOf(bound).includes(place)),
            bound.option,
          ).toBe(false);
        }
      });
    }
  });

  it('lets fixes write only what ends something', () => {
    for (const [, { bounds }] of clientsOf(library)) {
      for (const bound of bounds.filter(({ fix }) => fix !== undefined)) {
        expect(['total', 'attempt', 'idle'], bound.option).toContain(bound.kind);
        expect(bound.needsListener, bound.option).not.toBe(true);
      }
    }
  });
});

describe('the proofs', () => {
  const read = (folder: string): string =>
    fs
      .readdirSync(path.join(root, 'test/proofs', folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${file}\n${fs.readFileSync(path.join(root, 'test/proofs', folder, file), 'utf8')}`)
      .join('\n');
  const types = read('types');
  const behaviour = read('behaviour');
  const sourceOnly = JSON.parse(fs.readFileSync(path.join(root, 'test/proofs/source-only.json'), 'utf8')) as Record<
    string,
    string
  >;

  it.each(catalog.map(({ name }) => name))('%s has a proof of types', (name) => {
    const own =
      types.includes(`entry: '${name}'`) || types.includes(`\n${name}.ts\n`) || types.startsWith(`${name}.ts\n`);
    expect(own).toBe(true);
  });

  it.each(catalog.map(({ name }) => name))('%s has a proof of behaviour, or a reason why not', (name) => {
    expect(behaviour.includes(`library: '${name}'`) || sourceOnly[name] !== undefined).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { documentEffect, effectOf, sqlEffect } from '../../src/analysis/effects.js';
import { open, project } from './support.js';

describe('SQL', () => {
  it.each([
    ['SELECT * FROM a', 'read'],
    ['  -- why\n /* so */ select 1', 'read'],
    ['WITH x AS (SELECT 1) SELECT * FROM x', 'read'],
    ['WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x', 'non-idempotent-write'],
    ["SELECT nextval('ids')", 'non-idempotent-write'],
    ['INSERT INTO a (b) VALUES ($1)', 'non-idempotent-write'],
    ['INSERT INTO a (b) VALUES ($1) ON CONFLICT DO NOTHING', 'idempotent-write'],
    ['INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET n = a.n + 1', 'non-idempotent-write'],
    ['INSERT IGNORE INTO a (b) VALUES (?)', 'idempotent-write'],
    ["UPDATE a SET state = 'done' WHERE id = $1", 'idempotent-write'],
    ['UPDATE a SET n = n + 1 WHERE id = $1', 'non-idempotent-write'],
    ['update a set n=a.n-$1', 'non-idempotent-write'],
    ['DELETE FROM a WHERE id = $1', 'idempotent-write'],
    ['BEGIN; INSERT INTO a VALUES (1); COMMIT', 'non-idempotent-write'],
    ['CALL pay($1)', 'unknown'],
  ])('%s', (text, effect) => {
    expect(sqlEffect(text)).toBe(effect);
  });
});

describe('a GraphQL document', () => {
  it.each([
    ['query Orders { orders { id } }', 'read'],
    ['{ orders { id } }', 'read'],
    ['# mutation\nquery { a }', 'read'],
    ['fragment F on O { id } mutation Add { add { ...F } }', 'non-idempotent-write'],
    ['fragment F on O { id }', null],
  ])('%s', (text, effect) => {
    expect(documentEffect(text)).toBe(effect);
  });
});

describe('a call', () => {
  it.each([
    [`fetch('https://a.test')`, 'read'],
    [`fetch('https://a.test', { method: 'post' })`, 'non-idempotent-write'],
    [`fetch('https://a.test', { method: 'PUT' })`, 'idempotent-write'],
    [`fetch('https://a.test', { method: 'PATCH' })`, 'unknown'],
    [`fetch('https://a.test', { method: globalThis.name })`, 'unknown'],
    [`fetch('https://a.test/orders/_search', { method: 'POST', body: '{}' })`, 'read'],
    [`fetch('https://a.test/graphql', { method: 'POST', body: JSON.stringify({ query: '{ a }' }) })`, 'read'],
    [
      `fetch('https://a.test/graphql', { method: 'POST', body: JSON.stringify({ query: 'mutation { a }' }) })`,
      'non-idempotent-write',
    ],
  ])('%s', (code, effect) => {
    const { evaluator, facts } = open(project({ 'case.ts': `export const answer = ${code};` }), 'case.ts');
    expect(facts?.calls.map((call) => effectOf(evaluator, call).effect)).toEqual([effect]);
  });
});

const effectsIn = (code: string): readonly string[] => {
  const { evaluator, facts } = open(project({ 'case.ts': code }), 'case.ts');
  return facts?.calls.map((call) => effectOf(evaluator, call).effect) ?? [];
};

describe('an update', () => {
  it.each([
    ['{ $inc: { n: 1 } }', 'non-idempotent-write'],
    ['{ $set: { n: 1 } }', 'idempotent-write'],
    ['{ $set: { n: 1 }, $push: { list: 2 } }', 'non-idempotent-write'],
    ['{ ...{ $inc: { n: 1 } } }', 'non-idempotent-write'],
    ['[{ $set: { n: { $add: ["$n", 1] } } }]', 'unknown'],
    ['update', 'unknown'],
  ])('of MongoDB: %s', (update, effect) => {
    const code = `import { MongoClient } from 'mongodb';
      const client = new MongoClient('mongodb://db.test');
      export const run = (update: object) => client.db('d').collection('c').updateOne({ id: 1 }, ${update});`;
    expect(effectsIn(code)).toEqual([effect]);
  });

  it.each([
    ['update({ where, data: { n: { increment: 1 } } })', 'non-idempotent-write'],
    ['update({ where, data: { n: 2 } })', 'idempotent-write'],
    ['update({ where, data })', 'unknown'],
    ['upsert({ where, create: { n: 1 }, update: { n: 1 } })', 'idempotent-write'],
    ['upsert({ where, create: { n: 1 }, update: { n: { increment: 1 } } })', 'non-idempotent-write'],
    ['findMany()', 'read'],
  ])('of Prisma: %s', (call, effect) => {
    const code = `import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const run = (where: object, data: object) => prisma.user.${call};`;
    expect(effectsIn(code)).toEqual([effect]);
  });
});

describe('a chain', () => {
  it.each([
    ['insert(t).values(row)', 'non-idempotent-write'],
    ['insert(t).values(row).onConflictDoNothing()', 'idempotent-write'],
    ['insert(t).values(row).onConflictDoUpdate({}).returning()', 'unknown'],
  ])('%s', (call, effect) => {
    const code = `import { drizzle } from 'drizzle-orm/node-postgres';
      const db = drizzle('postgres://db.test');
      export const run = (t: object, row: object) => db.${call};`;
    expect(effectsIn(code)).toEqual([effect]);
  });
});

describe('a generated client', () => {
  it('is known by what made its class', () => {
    const files = {
      'generated.ts': `import * as runtime from '@prisma/client/runtime/client';
        export const PrismaClient = runtime.getPrismaClient({}) as unknown as new (options: object) => never;`,
      'case.ts': `import { PrismaClient } from './generated.js';
        const prisma = new PrismaClient({});
        export const row = prisma.user.create({ data: { n: 1 } });`,
    };
    const { evaluator, facts } = open(project(files), 'case.ts');
    expect(facts?.calls.map((call) => [call.library.name, effectOf(evaluator, call).effect])).toEqual([
      ['@prisma/client', 'non-idempotent-write'],
    ]);
  });

  it('is known by the names of its generator', () => {
    const code = `import { drive } from '@googleapis/drive';
      const api = drive({ version: 'v3' });
      export const files = [api.files.list({}), api.files.create({}), api.permissions.update({})];`;
    expect(effectsIn(code)).toEqual(['read', 'non-idempotent-write', 'idempotent-write']);
  });
});

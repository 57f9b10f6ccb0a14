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

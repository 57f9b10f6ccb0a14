import { describe, expect, it } from 'vitest';
import { createPackage, migrate, slow } from './support.js';

const fanOut = `export const loadAll = (ids: string[]) =>
  Promise.all(ids.map((id) => fetch(\`https://a.example.com/\${id}\`)));
`;

describe('concurrency', { timeout: slow }, () => {
  it('takes the limiter that the project has', async () => {
    const root = createPackage({
      'package.json': JSON.stringify({ type: 'module', dependencies: { 'p-map': '7' } }),
      'src/a.ts': fanOut,
      'resilience.config.json': '{ "concurrency": 4 }',
    });
    const { texts } = await migrate(root, ['concurrency']);
    expect(texts['src/a.ts']).toContain('pMap(ids, (id) => fetch(`https://a.example.com/${id}`), { concurrency: 4 })');
    expect(Object.keys(texts)).toEqual(['src/a.ts']);
  });

  it('else p-limit, and adds it', async () => {
    const root = createPackage({ 'src/a.ts': fanOut });
    const { texts } = await migrate(root, ['concurrency']);
    expect(texts['src/a.ts']).toContain('limit(() => fetch(');
    expect(JSON.parse(texts['package.json'] ?? '')).toHaveProperty(['dependencies', 'p-limit'], '^7.0.0');
  });
});

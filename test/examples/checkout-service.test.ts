/**
 * `examples/checkout-service` is a real service, and its twin under `fixed/` is what the plugin's fixes make of it.
 * `UPDATE_FIXED=1` writes the twin anew.
 */
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import plugin from '../../src/plugin.js';
import { json, type ReceivedRequest } from '../support/servers.js';
import { cart, checkout, startDownstreams, startService, type HttpDownstream } from './checkout.js';
import { copyProject, example, install, readTree, run, type ProjectCopy } from './project.js';

const project = example('checkout-service');
/** Installing and compiling take longer than a test usually may; in ms. */
const slow = 180_000;

beforeAll(() => install(project), slow);

describe('the fixed twin', () => {
  /** Runs `eslint --fix` with the recommended preset; answers which files have changed. */
  const fix = async (directory: string): Promise<string[]> => {
    const eslint = new ESLint({
      cwd: directory,
      fix: true,
      overrideConfigFile: true,
      overrideConfig: [
        {
          files: ['**/*.ts'],
          languageOptions: {
            parser: tseslint.parser,
            parserOptions: { projectService: true, tsconfigRootDir: directory },
          },
        },
        ...plugin.configs.recommended,
      ] as never,
    });
    const results = await eslint.lintFiles(['src']);
    expect(results.flatMap(({ messages }) => messages).filter(({ fatal }) => fatal)).toEqual([]);
    await ESLint.outputFixes(results);
    return results
      .filter(({ output }) => output !== undefined)
      .map(({ filePath }) => path.relative(directory, filePath));
  };

  test('is what `eslint --fix` makes of the service', { timeout: slow }, async () => {
    const { directory, remove } = await copyProject(project);
    onTestFinished(remove);
    await fix(directory);
    // A fix in one file may show the next one to another file; then it must come to rest.
    await fix(directory);
    expect(await fix(directory)).toEqual([]);
    await run('npm', ['run', 'typecheck'], directory);

    const fixed = path.join(directory, 'src');
    const twin = path.join(project, 'fixed/src');
    if (process.env['UPDATE_FIXED'] === '1') {
      await rm(twin, { recursive: true, force: true });
      await cp(fixed, twin, { recursive: true });
    }
    expect(await readTree(fixed)).toEqual(await readTree(twin));
  });
});

describe.each([
  ['the service', 'src'],
  ['its fixed twin', 'fixed/src'],
])('%s', (_name, source) => {
  let copy: ProjectCopy;
  let building: Promise<void> | undefined;
  const built = (): Promise<void> => (building ??= run('npm', ['run', 'build'], copy.directory));
  const start = async (behaviours: Parameters<typeof startDownstreams>[0] = {}) => {
    await built();
    const downstreams = await startDownstreams(behaviours);
    onTestFinished(() => downstreams.close());
    const service = await startService(copy.directory, downstreams);
    onTestFinished(() => service.kill());
    return { downstreams, service };
  };

  beforeAll(async () => {
    copy = await copyProject(project, source);
  });
  afterAll(() => copy.remove());

  test('compiles', { timeout: slow }, () => built());

  test('takes a checkout through every downstream', { timeout: slow }, async () => {
    const { downstreams, service } = await start();

    const response = await checkout(service);
    const answer = (await response.json()) as { order: { id: string } };
    const { id } = answer.order;
    // 3 × 10.00 EUR at 1.5, less 10 %, and 4.00 for shipping; 20 % tax on that.
    const total = 5_340;
    expect({ status: response.status, answer }).toEqual({
      status: 201,
      answer: {
        order: {
          id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
          customerId: 'c 1',
          chargeId: 'ch_1',
          currency: 'USD',
          total,
          lines: cart.lines.map((line) => ({ ...line, unitPrice: 1_500 })),
        },
        recommendations: [{ sku: 'saucer', title: 'Saucer' }],
      },
    });

    // Not awaited by the service.
    await downstreams.webhooks.until(({ requests }) => requests.length > 0);
    const asked = (name: HttpDownstream): string[] =>
      downstreams[name].requests.map((request) => `${request.method} ${request.path}`);
    expect(asked('pricing')).toEqual(['POST /v1/quotes']);
    expect(asked('rates')).toEqual(['GET /v1/rates/EUR/USD']);
    expect(asked('inventory').sort()).toEqual([
      'GET /v1/stock/cup',
      'GET /v1/stock/cup%2Fblue',
      `PUT /v1/reservations/${id}/cup`,
      `PUT /v1/reservations/${id}/cup%2Fblue`,
    ]);
    expect(asked('shipping')).toEqual(['POST /quotes']);
    expect(asked('tax')).toEqual(['GET /v1/rates/GB']);
    expect(asked('fraud')).toEqual(['POST /v2/score']);
    expect(asked('loyalty')).toEqual(['GET /v1/members/c%201']);
    expect(asked('recommendations')).toEqual(['GET /v1/recommendations?skus=cup%2Ccup%2Fblue&limit=4']);
    expect(asked('payments')).toEqual(['POST /v1/charges']);
    expect(asked('mail')).toEqual(['POST /v1/messages']);
    expect(asked('webhooks')).toEqual(['POST /hooks']);
    expect(asked('sqs')).toEqual(['POST /']);

    const body = (name: HttpDownstream): unknown => JSON.parse(downstreams[name].requests[0]?.body ?? '');
    expect(body('payments')).toEqual({ token: 'tok_1', amount: total, currency: 'USD', reference: id });
    expect(downstreams.payments.requests[0]?.headers.authorization).toBe('Bearer test');
    expect(body('mail')).toMatchObject({ to: 'ada@example.com', data: answer.order });
    expect(body('webhooks')).toEqual({ type: 'order.placed', data: answer.order });
    expect(body('sqs')).toMatchObject({ MessageBody: JSON.stringify({ type: 'order.placed', order: answer.order }) });

    const { statements } = downstreams.postgres;
    expect(statements.map(({ text }) => text.split(/\s+/).slice(0, 3).join(' '))).toEqual([
      'BEGIN',
      'INSERT INTO orders',
      'INSERT INTO order_lines',
      'COMMIT',
    ]);
    expect(statements[1]?.values).toEqual([id, 'c 1', 'ch_1', 'USD', String(total)]);
    expect(downstreams.redis.values.get(`order:${id}`)).toBe(JSON.stringify(answer.order));
    await expect((await fetch(`${service.url}/orders/${id}`)).json()).resolves.toEqual(answer.order);
    expect((await fetch(`${service.url}/orders/none`)).status).toBe(404);
  });

  test('refuses what it must refuse, and stops when asked to', { timeout: slow }, async () => {
    const { downstreams, service } = await start({
      payments: (_request, response) => response.writeHead(402).end(),
      inventory: json(({ path: asked }: ReceivedRequest) => ({ available: asked.endsWith('rare') ? 0 : 5 })),
    });

    const outcome = async (body: object): Promise<[number, string]> => {
      const response = await checkout(service, body);
      return [response.status, ((await response.json()) as { error: string }).error];
    };
    expect(await outcome({ ...cart, lines: [] })).toEqual([400, 'invalid']);
    expect(await outcome({ ...cart, lines: [{ sku: 'rare', quantity: 1 }] })).toEqual([409, 'out_of_stock']);
    expect(await outcome(cart)).toEqual([402, 'card_declined']);
    expect(downstreams.payments.requests).toHaveLength(1);
    downstreams.fraud.behave(json({ score: 99 }));
    expect(await outcome(cart)).toEqual([403, 'rejected']);
    expect(downstreams.postgres.statements).toEqual([]);
    expect(downstreams.payments.requests).toHaveLength(1);
    expect(await service.stop()).toBe(0);
  });
});

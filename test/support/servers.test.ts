import net from 'node:net';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Behaviour, drip, hang, headersOnly, json, reset, startServer, status503 } from './servers.js';

const start = async (behaviour: Behaviour) => {
  const server = await startServer(behaviour);
  onTestFinished(() => server.close());
  return server;
};

describe('servers that misbehave', () => {
  test('hang: takes the request and lets the client give up', async () => {
    const server = await start(hang);
    const controller = new AbortController();
    const call = fetch(`${server.url}/orders?id=1`, { method: 'POST', body: 'x', signal: controller.signal });
    await server.until(({ requests }) => requests.length === 1);
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/orders?id=1', body: 'x' });
    expect(server.abandoned).toBe(0);
    controller.abort();
    await expect(call).rejects.toThrow('aborted');
    await server.until(({ abandoned }) => abandoned === 1);
  });

  test('hang: holds a connection that does not speak HTTP', async () => {
    const server = await start(hang);
    const socket = net.connect(server.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const answered: string[] = [];
    socket.on('data', (data: Buffer) => answered.push(data.toString()));
    socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
    await server.until(({ connections }) => connections === 1);
    // A request on a second connection is read after what the first one sent: an answer to it would be here by then.
    const controller = new AbortController();
    const call = fetch(server.url, { signal: controller.signal });
    await server.until(({ requests }) => requests.length === 1);
    expect(socket.closed).toBe(false);
    expect(answered).toEqual([]);
    controller.abort();
    await expect(call).rejects.toThrow('aborted');
  });

  test('headersOnly: the headers arrive, the body does not', async () => {
    const server = await start(headersOnly);
    const controller = new AbortController();
    const response = await fetch(server.url, { signal: controller.signal });
    expect(response.status).toBe(200);
    const body = response.json();
    controller.abort();
    await expect(body).rejects.toThrow('aborted');
  });

  test('drip: bytes keep coming', async () => {
    const server = await start(drip(1));
    const controller = new AbortController();
    const response = await fetch(server.url, { signal: controller.signal });
    const chunks: unknown[] = [];
    for await (const chunk of response.body ?? []) if (chunks.push(chunk) === 3) break;
    expect(chunks).toHaveLength(3);
    controller.abort();
    await server.until(({ abandoned }) => abandoned === 1);
  });

  test('reset: the connection is cut', async () => {
    const server = await start(reset);
    await expect(fetch(server.url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  test('status503: fails at once, then recovers', async () => {
    const server = await start(status503(2));
    const failed = await fetch(server.url);
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '2']);
    await failed.text();
    server.behave(json(({ path }: { path: string }) => ({ path })));
    await expect((await fetch(`${server.url}/a`)).json()).resolves.toEqual({ path: '/a' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/', '/a']);
  });

  test('until: rejects when the server is closed', async () => {
    const server = await startServer(hang);
    const waiting = server.until(({ requests }) => requests.length === 1);
    const closed = expect(waiting).rejects.toThrow('closed before');
    await server.close();
    await closed;
  });

  test('close: cuts open connections', async () => {
    const server = await startServer(hang);
    const socket = net.connect(server.port, '127.0.0.1');
    await server.until(({ connections }) => connections === 1);
    socket.on('error', () => undefined);
    await Promise.all([once(socket, 'close'), server.close()]);
  });
});

/**
 * HTTP servers on loopback that misbehave in the ways that downstreams do, and record what they were asked. Nothing here
 * waits for time to pass: a test waits for what has happened, with `until`.
 */
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it has arrived, with its whole body. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What a server does with a request once it has read it. */
export type Behaviour = (request: ReceivedRequest, response: http.ServerResponse) => void;

/** A server that listens on a free port of 127.0.0.1. */
export interface TestServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** How many connections have been accepted so far. */
  readonly connections: number;
  /** How many requests so far ended before their answer was complete. */
  readonly abandoned: number;
  /** Behaves differently from the next request on: a downstream that fails, or recovers. */
  behave(behaviour: Behaviour): void;
  /** Resolves once the condition holds; rejects if the server is closed before. */
  until(condition: (server: TestServer) => boolean): Promise<void>;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}

/** Takes the request and never answers. */
export const hang: Behaviour = () => undefined;

/** Answers with a status and headers, and never sends the body that they promise. */
export const headersOnly: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.flushHeaders();
};

/** Sends a body that never ends, a byte at a time: enough to keep every idle timer quiet. `intervalMs` apart. */
export const drip =
  (intervalMs = 1_000): Behaviour =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('[');
    const timer = setInterval(() => response.write(' '), intervalMs);
    response.once('close', () => {
      clearInterval(timer);
    });
  };

/** Cuts the connection with a TCP reset instead of answering. */
export const reset: Behaviour = (_request, response) => {
  response.socket?.resetAndDestroy();
};

/** Answers 503 at once; `retryAfter` is the header of that name, in seconds. */
export const status503 =
  (retryAfter?: number): Behaviour =>
  (_request, response) => {
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end('{"error":"unavailable"}');
  };

/** Answers 200 with JSON: a value, or what a function makes of the request. */
export const json =
  (answer: unknown): Behaviour =>
  (request, response) => {
    const value: unknown = typeof answer === 'function' ? (answer as (r: ReceivedRequest) => unknown)(request) : answer;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };

/**
 * Starts a server. Bytes that are not HTTP (a driver's handshake, TLS) are taken and never answered, so that a server
 * that hangs does so for every protocol.
 */
export async function startServer(behaviour: Behaviour): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  const waiters = new Set<{ check: () => void; reject: (error: Error) => void }>();
  let current = behaviour;
  let connections = 0;
  let abandoned = 0;

  const changed = (): void => {
    for (const waiter of [...waiters]) waiter.check();
  };

  const server = http.createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request: ReceivedRequest = {
        method: message.method ?? '',
        path: message.url ?? '',
        headers: message.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      current(request, response);
      changed();
    });
    response.once('close', () => {
      if (response.writableFinished) return;
      abandoned += 1;
      changed();
    });
  });
  // Node would end slow requests, and answer what is not HTTP with a 400: here only the client may give up.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 0;
  server.on('clientError', () => undefined);
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    changed();
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  const self: TestServer = {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    requests,
    get connections() {
      return connections;
    },
    get abandoned() {
      return abandoned;
    },
    behave(next) {
      current = next;
    },
    until(condition) {
      if (condition(self)) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const waiter = {
          check: (): void => {
            if (!condition(self)) return;
            waiters.delete(waiter);
            resolve();
          },
          reject,
        };
        waiters.add(waiter);
      });
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      for (const waiter of waiters) waiter.reject(new Error('The server was closed before the condition held.'));
      waiters.clear();
    },
  };
  return self;
}

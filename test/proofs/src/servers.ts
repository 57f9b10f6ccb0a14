/** Servers on loopback that misbehave, each in one way. None is ever closed: the process ends with its proofs. */
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Where a call goes. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`, or `https:` where the handshake is what hangs. */
  readonly url: string;
}

/** A server that counts what reached it. */
export interface CountingServer extends Target {
  /** `process.hrtime` in ms of each request, by method. */
  readonly requests: { readonly method: string; readonly at: number }[];
}

const target = (server: net.Server, protocol = 'http'): Target => {
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, url: `${protocol}://127.0.0.1:${port}` };
};

const listen = async <S extends net.Server>(server: S): Promise<S> => {
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

/** Accepts, reads, never writes. */
export async function silent(protocol = 'http'): Promise<Target> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.resume();
  });
  return target(await listen(server), protocol);
}

/** Never completes the TCP connect: its backlog is full, and nobody accepts. */
export async function blackhole(): Promise<Target> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setTimeout(() => Atomics.wait(workerData, 0, 0), 0);
     });`,
    { eval: true, workerData: flag },
  );
  worker.unref();
  const [port] = (await once(worker, 'message')) as [number];
  await new Promise((resolve) => setTimeout(resolve, 30));
  for (let i = 0; i < 4; i++) net.connect(port, '127.0.0.1').on('error', () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { host: '127.0.0.1', port, url: `http://127.0.0.1:${port}` };
}

/** Sends headers and the beginning of a body, then nothing (`stall`) or a byte each 100 ms for 3 s (`drip`). */
export async function unfinished(kind: 'stall' | 'drip', type = 'application/json'): Promise<Target> {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    response.writeHead(200, { 'content-type': type, 'content-length': kind === 'drip' ? 32 : 1000 });
    response.write('{"');
    if (kind === 'stall') return;
    let sent = 2;
    const timer = setInterval(() => {
      sent += 1;
      if (sent < 32) response.write(sent === 31 ? '":1}'.slice(0, 1) : 'a');
      else {
        response.end('}');
        clearInterval(timer);
      }
    }, 100);
    response.on('close', () => clearInterval(timer));
  });
  return target(await listen(server));
}

/** Answers each request with a status, or resets the connection once the request is there. */
export async function failing(how: number | 'reset'): Promise<CountingServer> {
  const requests: { method: string; at: number }[] = [];
  const server = http.createServer((request, response) => {
    requests.push({ method: request.method ?? '', at: performance.now() });
    request.resume();
    request.on('error', () => undefined);
    request.on('end', () => {
      if (how === 'reset') request.socket.resetAndDestroy();
      else {
        // No kept connection that might be closed just when the next attempt takes it.
        response.writeHead(how, { 'content-type': 'application/json', connection: 'close' });
        response.end('{"error":{"message":"unavailable"},"message":"unavailable"}');
      }
    });
  });
  return { ...target(await listen(server)), requests };
}

/** A server of another protocol: `onConnection` does what the protocol wants, and then nothing. */
export async function mute(onConnection: (socket: net.Socket) => void): Promise<Target> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  return target(await listen(server));
}

import { Agent, Pool, fetch as undiciFetch, request } from 'undici';
import http from 'node:http';
import * as https from 'node:https';

// ok: require-timeout -- both phases are limited
const agent = new Agent({ headersTimeout: 5_000, bodyTimeout: 10_000, connect: { timeout: 2_000 } });

const keepAlive = new https.Agent({ keepAlive: true });

export async function viaAgent(path: string): Promise<unknown> {
  // ok: require-timeout -- the dispatcher's limits
  const { body } = await request(`https://archive.example${path}`, { dispatcher: agent });
  return body.json();
}

export async function viaFetch(path: string): Promise<unknown> {
  // ok: require-timeout -- the dispatcher's limits
  const response = await undiciFetch(`https://archive.example${path}`, { dispatcher: agent });
  return response.json();
}

export async function plain(path: string): Promise<unknown> {
  // expect: require-timeout/longDefault
  const { statusCode, body } = await request(`https://archive.example${path}`, { method: 'GET' });
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  return body.json();
}

// expect: require-timeout/longDefault
const pool = new Pool('https://archive.example', { connections: 10, pipelining: 1 });

export async function fromPool(path: string): Promise<string> {
  const { body } = await pool.request({ path, method: 'GET' });
  return body.text();
}

export function head(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // expect: require-timeout/missing
    const outgoing = https.request(
      `https://archive.example${path}`,
      { method: 'HEAD', agent: keepAlive },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode ?? 0);
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

export function headBounded(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // ok: require-timeout, no-ineffective-timeout -- the listener destroys it
    const outgoing = http.request({ host: 'archive.internal', path, method: 'HEAD', timeout: 4000 }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('silent for 4 s')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}

export function headSignal(path: string, done: (status: number) => void): void {
  https
    // ok: require-timeout -- the signal ends it
    .get(`https://archive.example${path}`, { signal: AbortSignal.timeout(3000) }, (incoming) => {
      incoming.resume();
      done(incoming.statusCode ?? 0);
    })
    .on('error', () => {
      done(0);
    });
}

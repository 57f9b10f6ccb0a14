import needle from 'needle';
import { GraphQLClient, gql, request as graphqlRequest } from 'graphql-request';
import { ofetch, $fetch } from 'ofetch';
import wretch from 'wretch';
import { Gaxios, request as gaxiosRequest } from 'gaxios';
import crossFetch from 'cross-fetch';
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';

const HOST = 'https://freight.example';

export async function manifest(id: string): Promise<unknown> {
  // expect: require-timeout/missing
  const response = await needle('get', `${HOST}/manifests/${id}`, { json: true });
  return response.body as unknown;
}

export async function manifestBounded(id: string): Promise<unknown> {
  // ok: require-timeout -- answer and body
  const response = await needle('get', `${HOST}/manifests/${id}`, null, { response_timeout: 3000, read_timeout: 5000 });
  return response.body as unknown;
}

const shipments = gql`
  query Shipments($after: String) {
    shipments(after: $after) {
      id
    }
  }
`;

// ok: require-timeout -- a signal here would serve all calls: judged at each
export const graph = new GraphQLClient(`${HOST}/graphql`, { headers: { 'x-team': 'freight' } });

// ok: require-timeout -- a fetch that limits each call
export const boundedGraph = new GraphQLClient(`${HOST}/graphql`, {
  fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(5000) }),
});

export async function tracked(id: string): Promise<unknown> {
  // expect: require-timeout/longDefault (untyped: skip)
  const first = await graph.request(shipments, { id });
  // ok: require-timeout -- its fetch limits each call
  const second = await boundedGraph.request(shipments, { id });
  return [first, second];
}

export async function list(after: string): Promise<unknown> {
  // expect: require-timeout/longDefault
  return graphqlRequest(`${HOST}/graphql`, shipments, { after });
}

export async function listBounded(after: string): Promise<unknown> {
  // ok: require-timeout -- the object form takes a signal
  return graphqlRequest({
    url: `${HOST}/graphql`,
    document: shipments,
    variables: { after },
    signal: AbortSignal.timeout(4000),
  });
}

export async function quote(lane: string): Promise<unknown> {
  // expect: require-timeout/longDefault
  return ofetch(`${HOST}/quotes/${lane}`, { retry: 0 });
}

export async function quoteBounded(lane: string): Promise<unknown> {
  // ok: require-timeout -- a signal of its own
  return $fetch(`${HOST}/quotes/${lane}`, { signal: AbortSignal.timeout(3000) });
}

const api = wretch(HOST).headers({ accept: 'application/json' });

export async function lanes(): Promise<unknown> {
  // expect: require-timeout/longDefault
  return api.url('/lanes').get().json();
}

// expect: require-timeout/missing
const gax = new Gaxios({ baseURL: HOST });

export async function capacity(lane: string): Promise<unknown> {
  const { data } = await gax.request({ url: `/capacity/${lane}` });
  return data;
}

export async function reserve(lane: string): Promise<unknown> {
  // ok: require-timeout -- stated
  const { data } = await gaxiosRequest({ url: `${HOST}/reserve/${lane}`, method: 'POST', timeout: 5000 });
  return data;
}

export async function rates(lane: string): Promise<string> {
  // expect: require-timeout/missing
  const response = await crossFetch(`${HOST}/rates/${lane}`);
  return response.text();
}

export async function ratesBounded(lane: string): Promise<string> {
  // ok: require-timeout -- a signal
  const response = await crossFetch(`${HOST}/rates/${lane}`, { signal: AbortSignal.timeout(3000) });
  return response.text();
}

export function push(path: string): Promise<string> {
  const session = http2.connect(HOST);
  return new Promise((resolve, reject) => {
    // expect: require-timeout/missing
    const stream = session.request({ ':path': path });
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (text += chunk));
    stream.on('end', () => {
      session.close();
      resolve(text);
    });
    stream.on('error', reject);
  });
}

export function pushBounded(path: string): Promise<void> {
  const session = http2.connect(HOST);
  return new Promise((resolve, reject) => {
    // ok: require-timeout -- a signal
    const stream = session.request({ ':path': path }, { signal: AbortSignal.timeout(2000) });
    stream.resume();
    stream.on('end', () => {
      session.close();
      resolve();
    });
    stream.on('error', reject);
  });
}

export function scale(port: number, done: (weight: number) => void): void {
  // expect: require-timeout/missing
  const socket = net.createConnection({ port, host: 'scale.internal' });
  socket.write('WEIGH\n');
  socket.once('data', (data) => {
    done(Number(data.toString()));
    socket.end();
  });
}

export function scaleBounded(port: number, done: (weight: number) => void): void {
  // ok: require-timeout -- silence destroys it
  const socket = net.createConnection({ port, host: 'scale.internal' });
  socket.setTimeout(2000, () => socket.destroy(new Error('the scale is silent')));
  socket.write('WEIGH\n');
  socket.once('data', (data) => {
    done(Number(data.toString()));
    socket.end();
  });
}

export function gate(host: string, done: (open: boolean) => void): void {
  // ok: require-timeout -- destroyed on its timer's event
  const socket = tls.connect({ host, port: 8883, timeout: 3000 });
  socket.on('timeout', () => {
    socket.destroy();
  });
  socket.once('data', () => {
    done(true);
  });
  socket.once('error', () => {
    done(false);
  });
}

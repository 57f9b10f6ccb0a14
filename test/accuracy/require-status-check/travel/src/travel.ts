import assert from 'node:assert';
import axios from 'axios';
import crossFetch from 'cross-fetch';
import got from 'got';
import ky from 'ky';
import nodeFetch from 'node-fetch';
import { ofetch } from 'ofetch';
import { fetch as undiciFetch, request } from 'undici';
import { z } from 'zod';
import { ensure, Http, parseBody, strictFetch, throwOnError, timedFetch, unwrap } from './responses.js';

interface Trip {
  readonly id: string;
  readonly legs: string[];
}

const http = new Http('https://api.travel.test');
const Trips = z.array(z.object({ id: z.string(), legs: z.array(z.string()) }));

export async function trip(id: string): Promise<Trip> {
  // expect: require-status-check/unchecked
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  const body = (await response.json()) as { trip: Trip };
  return body.trip;
}

export const trips = async (): Promise<Trip[]> =>
  // expect: require-status-check/unchecked
  (await (await fetch('https://api.travel.test/trips')).json()) as Trip[];

export function tripText(id: string): Promise<string> {
  // expect: require-status-check/unchecked
  return fetch(`https://api.travel.test/trips/${id}`).then((r) => r.text());
}

export const thenBlock = (id: string): Promise<Trip> =>
  // ok: require-status-check -- checked in the chain
  fetch(`https://api.travel.test/trips/${id}`).then(async (r) => {
    if (!r.ok) throw new Error(await r.text());
    return (await r.json()) as Trip;
  });

export const thenHelper = (id: string): Promise<Trip> =>
  // ok: require-status-check -- a helper of the other file, by name
  fetch(`https://api.travel.test/trips/${id}`)
    .then(throwOnError)
    .then((r) => r.json() as Promise<Trip>);

export const thenUnwrap = (id: string): Promise<Trip> =>
  // ok: require-status-check -- the helper looks at each status
  fetch(`https://api.travel.test/trips/${id}`).then((r) => unwrap<Trip>(r));

export const thenParse = (id: string): Promise<Trip> =>
  // expect: require-status-check/unchecked
  fetch(`https://api.travel.test/trips/${id}`).then(parseBody<Trip>);

export async function ensured(id: string): Promise<Trip> {
  // ok: require-status-check -- an assertion function
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  ensure(response);
  return (await response.json()) as Trip;
}

export async function asserted(id: string): Promise<Trip> {
  // ok: require-status-check -- node's own assert
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  assert(response.ok, `trip ${id}`);
  return (await response.json()) as Trip;
}

export async function destructured(id: string): Promise<Trip | null> {
  // ok: require-status-check -- destructured and looked at
  const { ok, status, json } = await fetch(`https://api.travel.test/trips/${id}`).then((r) => ({
    ok: r.ok,
    status: r.status,
    json: () => r.json() as Promise<Trip>,
  }));
  if (status === 404) return null;
  if (!ok) throw new Error(`trip: ${status}`);
  return json();
}

export async function classes(id: string): Promise<Trip> {
  // ok: require-status-check -- by its class
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  if (Math.floor(response.status / 100) !== 2) throw new Error(`trip: ${response.status}`);
  return (await response.json()) as Trip;
}

const GOOD = new Set([200, 203]);
export async function among(id: string): Promise<Trip> {
  // ok: require-status-check -- among the good ones
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  if (!GOOD.has(response.status)) throw new Error(`trip: ${response.status}`);
  return (await response.json()) as Trip;
}

export async function conditional(id: string): Promise<Trip | null> {
  // ok: require-status-check -- a conditional
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  return response.ok ? ((await response.json()) as Trip) : null;
}

export async function logged(id: string): Promise<Trip> {
  // expect: require-status-check/onlyLogged
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  console.debug(`trip ${id}: ${response.status} ${response.statusText}`);
  return (await response.json()) as Trip;
}

export async function loggedWhenBad(id: string): Promise<Trip> {
  // expect: require-status-check/onlyLogged
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  if (!response.ok) console.error(`trip ${id}: ${response.status}`);
  return (await response.json()) as Trip;
}

export async function validated(): Promise<Trip[]> {
  // unknown: require-status-check
  const response = await fetch('https://api.travel.test/trips');
  return Trips.parse(await response.json());
}

export async function branched(id: string): Promise<Trip> {
  // unknown: require-status-check
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  const body = (await response.json()) as { error?: string; trip: Trip };
  if (body.error) throw new Error(body.error);
  return body.trip;
}

export async function touched(id: string): Promise<void> {
  // ok: require-status-check -- the body is not used
  await fetch(`https://api.travel.test/trips/${id}/touch`, { method: 'PUT' });
}

export async function size(id: string): Promise<number> {
  // ok: require-status-check -- HEAD has no body
  const response = await fetch(`https://api.travel.test/trips/${id}/pdf`, { method: 'HEAD' });
  return Number(response.headers.get('content-length'));
}

// ok: require-status-check -- the caller gets the response
export const handedOn = (id: string): Promise<Response> => fetch(`https://api.travel.test/trips/${id}`);

export async function viaTimed(id: string): Promise<Trip> {
  // expect: require-status-check/unchecked
  const response = await timedFetch(`https://api.travel.test/trips/${id}`);
  return parseBody<Trip>(response);
}

export async function viaStrict(id: string): Promise<Trip> {
  // ok: require-status-check -- the wrapper throws
  const response = await strictFetch(`https://api.travel.test/trips/${id}`);
  return parseBody<Trip>(response);
}

export async function viaRaw(id: string): Promise<Trip> {
  // expect: require-status-check/unchecked
  const response = await http.raw(`/trips/${id}`);
  return (await response.json()) as Trip;
}

export async function viaChecked(id: string): Promise<Trip> {
  // ok: require-status-check -- the method throws
  const response = await http.checked(`/trips/${id}`);
  return (await response.json()) as Trip;
}

export async function parallel(): Promise<unknown[]> {
  const [a, b] = await Promise.all([
    // expect: require-status-check/unchecked
    fetch('https://api.travel.test/a'),
    // ok: require-status-check -- looked at below
    fetch('https://api.travel.test/b'),
  ]);
  if (!b.ok) throw new Error(`b: ${b.status}`);
  return [await a.json(), await b.json()];
}

export async function each(ids: string[]): Promise<unknown[]> {
  const responses = await Promise.all(
    ids.slice(0, 3).map((id) =>
      // expect: require-status-check/unchecked
      fetch(`https://api.travel.test/trips/${id}`),
    ),
  );
  return Promise.all(responses.map((response) => response.json()));
}

export async function cloned(id: string): Promise<Trip> {
  // ok: require-status-check -- the original is looked at
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  const copy = response.clone();
  if (!response.ok) throw new Error(await response.text());
  return (await copy.json()) as Trip;
}

export async function clonedBare(id: string): Promise<[string, unknown]> {
  // expect: require-status-check/unchecked
  const response = await fetch(`https://api.travel.test/trips/${id}`);
  const copy = response.clone();
  return [await response.text(), await copy.json()];
}

export async function proxied(path: string): Promise<Response> {
  // ok: require-status-check -- the status goes on with the body
  const upstream = await fetch(`https://api.travel.test${path}`);
  return new Response(upstream.body, { status: upstream.status, headers: upstream.headers });
}

export async function proxiedBlind(path: string): Promise<Response> {
  // expect: require-status-check/unchecked
  const upstream = await fetch(`https://api.travel.test${path}`);
  return new Response(upstream.body, { headers: { 'content-type': 'application/json' } });
}

export async function returnedStatus(path: string): Promise<{ status: number; body: unknown }> {
  // ok: require-status-check -- the caller gets the status
  const response = await fetch(`https://api.travel.test${path}`);
  return { status: response.status, body: await response.json() };
}

export async function bytes(id: string): Promise<Buffer> {
  // expect: require-status-check/unchecked
  const response = await nodeFetch(`https://api.travel.test/trips/${id}/pdf`);
  return Buffer.from(await response.arrayBuffer());
}

export async function viaCross(id: string): Promise<Trip> {
  // expect: require-status-check/unchecked
  const response = await crossFetch(`https://api.travel.test/trips/${id}`);
  return (await response.json()) as Trip;
}

export async function viaUndici(id: string): Promise<Trip> {
  // expect: require-status-check/unchecked
  const response = await undiciFetch(`https://api.travel.test/trips/${id}`);
  return (await response.json()) as Trip;
}

export async function viaRequest(id: string): Promise<Trip> {
  // expect: require-status-check/unchecked
  const { body } = await request(`https://api.travel.test/trips/${id}`);
  return (await body.json()) as Trip;
}

export async function viaRequestChecked(id: string): Promise<Trip> {
  // ok: require-status-check -- undici's statusCode
  const { statusCode, body } = await request(`https://api.travel.test/trips/${id}`);
  if (statusCode !== 200) throw new Error(`trip: ${statusCode}`);
  return (await body.json()) as Trip;
}

export async function viaAxios(id: string): Promise<Trip> {
  // ok: require-status-check -- axios rejects
  const { data } = await axios.get<Trip>(`https://api.travel.test/trips/${id}`);
  return data;
}

export async function viaLenientAxios(id: string): Promise<Trip> {
  // expect: require-status-check/unchecked
  const { data } = await axios.get<Trip>(`https://api.travel.test/trips/${id}`, { validateStatus: () => true });
  return data;
}

export async function viaLenientAxiosChecked(id: string): Promise<Trip> {
  // ok: require-status-check -- looked at
  const answer = await axios.get<Trip>(`https://api.travel.test/trips/${id}`, { validateStatus: () => true });
  if (answer.status !== 200) throw new Error(`trip: ${answer.status}`);
  return answer.data;
}

// ok: require-status-check -- got rejects
export const viaGot = (id: string) => got(`https://api.travel.test/trips/${id}`).json<Trip>();
export const viaLenientGot = (id: string) =>
  // expect: require-status-check/unchecked
  got(`https://api.travel.test/trips/${id}`, { throwHttpErrors: false }).json<Trip>();
// ok: require-status-check -- ky rejects
export const viaKy = (id: string) => ky.get(`https://api.travel.test/trips/${id}`).json<Trip>();
export const viaLenientKy = (id: string) =>
  // expect: require-status-check/unchecked
  ky.get(`https://api.travel.test/trips/${id}`, { throwHttpErrors: false }).json<Trip>();
// ok: require-status-check -- ofetch rejects
export const viaOfetch = (id: string) => ofetch<Trip>(`https://api.travel.test/trips/${id}`);

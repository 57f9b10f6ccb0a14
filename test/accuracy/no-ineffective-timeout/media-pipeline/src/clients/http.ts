import axios from 'axios';
import got from 'got';
import ky from 'ky';
import http from 'node:http';
import https from 'node:https';
import { request } from 'undici';
import nodeFetch from 'node-fetch';
import { settings } from '../lib/signals.js';

const ENCODER = 'https://encoder.example';

// expect: no-ineffective-timeout/disabled
export const encoder = axios.create({ baseURL: ENCODER, timeout: 0 });

// expect: no-ineffective-timeout/disabled
export const transcoder = axios.create({ baseURL: ENCODER, timeout: settings.requestTimeout });

// expect: no-ineffective-timeout/sharedSignal
export const muxer = axios.create({ baseURL: ENCODER, signal: AbortSignal.timeout(10_000) });

// ok: no-ineffective-timeout, require-timeout -- a real limit
export const packager = axios.create({ baseURL: ENCODER, timeout: Number.parseInt('5000', 10) });

export async function start(job: object): Promise<string> {
  // expect: no-ineffective-timeout/wrongArgument (within 2)
  const { data } = await axios.post<{ id: string }>(`${ENCODER}/jobs`, {
    timeout: 5000,
    headers: { 'x-job': JSON.stringify(job) },
  });
  return data.id;
}

export async function startRight(job: object): Promise<string> {
  // ok: no-ineffective-timeout, require-timeout -- the third argument
  const { data } = await axios.post<{ id: string }>(`${ENCODER}/jobs`, job, { timeout: 5000 });
  return data.id;
}

export async function schedule(name: string): Promise<void> {
  // ok: no-ineffective-timeout -- the job's own field, and a config of its own
  await axios.post(`${ENCODER}/schedules`, { name, timeout: 3600 }, { timeout: 5000 });
}

export async function probe(url: string): Promise<unknown> {
  // expect: no-ineffective-timeout/misread|disabled
  return got(url, { timeout: { request: Infinity } }).json();
}

export async function probeNow(url: string): Promise<unknown> {
  // expect: no-ineffective-timeout/misread|disabled
  return ky.get(url, { timeout: 0 }).json();
}

export async function probeForever(url: string): Promise<unknown> {
  // expect: no-ineffective-timeout/disabled
  return ky.get(url, { timeout: false }).json();
}

export async function legacyProbe(url: string): Promise<string> {
  // expect: no-ineffective-timeout/ignored
  const response = await nodeFetch(url, { timeout: 5000 } as object);
  return response.text();
}

export async function metadata(url: string): Promise<unknown> {
  const { body } = await request(url, {
    // expect: no-ineffective-timeout/disabled
    headersTimeout: 0,
    // expect: no-ineffective-timeout/disabled
    bodyTimeout: 0,
  });
  return body.json();
}

export function ping(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const outgoing = http.request(
      // expect: no-ineffective-timeout/ignored
      { host, path: '/ping', timeout: 2000 },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode === 200);
      },
    );
    outgoing.on('error', () => {
      resolve(false);
    });
    outgoing.end();
  });
}

export function pingLogged(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const outgoing = https.get(
      // expect: no-ineffective-timeout/ignored
      { host, path: '/ping', timeout: 2000 },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode === 200);
      },
    );
    outgoing.on('timeout', () => {
      console.warn('slow', host);
    });
    outgoing.on('error', () => {
      resolve(false);
    });
  });
}

export function pingEnded(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    // ok: no-ineffective-timeout, require-timeout -- destroyed in the callback
    const outgoing = https.get({ host, path: '/ping', signal: AbortSignal.timeout(9000) }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode === 200);
    });
    outgoing.setTimeout(2000, () => {
      outgoing.destroy();
    });
    outgoing.on('error', () => {
      resolve(false);
    });
  });
}

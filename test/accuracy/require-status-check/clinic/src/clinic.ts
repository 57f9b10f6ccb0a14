import axios from 'axios';
import nodeFetch from 'node-fetch';

interface Patient {
  readonly id: string;
}
const lenient = axios.create({ baseURL: 'https://clinic.test', timeout: 1_000, validateStatus: () => true });

export async function viaLenient(id: string): Promise<Patient> {
  // expect: require-status-check/unchecked
  const answer = await lenient.get<Patient>(`/patients/${id}`);
  return answer.data;
}

export async function viaLenientChecked(id: string): Promise<Patient | null> {
  // ok: require-status-check -- looked at
  const { data, status } = await lenient.get<Patient>(`/patients/${id}`);
  return status === 200 ? data : null;
}

export async function loop(ids: string[]): Promise<unknown[]> {
  const bodies: unknown[] = [];
  for (const id of ids) {
    // expect: require-status-check/unchecked
    const answer = await fetch(`https://clinic.test/${id}`);
    bodies.push(await answer.json());
  }
  return bodies;
}

export async function many(ids: string[]): Promise<unknown[]> {
  // ok: require-status-check -- each is looked at
  const answers = await Promise.all(ids.slice(0, 4).map((id) => fetch(`https://clinic.test/${id}`)));
  for (const answer of answers) if (!answer.ok) throw new Error(String(answer.status));
  return Promise.all(answers.map((answer) => answer.json()));
}

export async function filtered(ids: string[]): Promise<unknown[]> {
  // ok: require-status-check -- only the good ones
  const answers = await Promise.all(ids.slice(0, 4).map((id) => fetch(`https://clinic.test/${id}`)));
  return Promise.all(answers.filter((answer) => answer.ok).map((answer) => answer.json()));
}

export async function pushed(ids: string[]): Promise<unknown[]> {
  const answers: Response[] = [];
  // expect: require-status-check/unchecked
  for (const id of ids) answers.push(await fetch(`https://clinic.test/${id}`));
  return Promise.all(answers.map((answer) => answer.text()));
}

export async function emptyText(id: string): Promise<unknown> {
  // expect: require-status-check/unchecked
  const answer = await nodeFetch(`https://clinic.test/${id}`);
  const text = await answer.text();
  if (!text) return null;
  return JSON.parse(text);
}

export async function warned(id: string): Promise<unknown> {
  // expect: require-status-check/onlyLogged
  const answer = await fetch(`https://clinic.test/${id}`);
  if (answer.status >= 500) {
    console.warn('clinic is ill', answer.status);
  }
  return answer.json();
}

export async function warnedAndReturned(id: string): Promise<unknown> {
  // ok: require-status-check -- goes away on failure
  const answer = await fetch(`https://clinic.test/${id}`);
  if (answer.status >= 500) {
    console.warn('clinic is ill', answer.status);
    return null;
  }
  return answer.json();
}

async function send(path: string): Promise<Response> {
  return fetch(`https://clinic.test${path}`);
}
async function sendOrThrow(path: string): Promise<Response> {
  const answer = await send(path);
  if (answer.ok) return answer;
  throw new Error(path);
}
export async function viaTwo(path: string): Promise<unknown> {
  // ok: require-status-check -- the second wrapper throws
  const answer = await sendOrThrow(path);
  return answer.json();
}

export const oneLine = (id: string): Promise<Patient> =>
  // expect: require-status-check/unchecked
  fetch(`https://clinic.test/${id}`).then(async (answer) => ({ ...((await answer.json()) as Patient) }));

export async function range(id: string): Promise<unknown> {
  // ok: require-status-check -- a range
  const answer = await fetch(`https://clinic.test/${id}`);
  const good = answer.status >= 200 && answer.status < 300;
  if (!good) throw new Error(id);
  return answer.json();
}

export async function both(id: string): Promise<unknown> {
  // ok: require-status-check -- ok or thrown by an arrow
  const answer = await fetch(`https://clinic.test/${id}`);
  const fail = (): never => {
    throw new Error(id);
  };
  return answer.ok ? answer.json() : fail();
}

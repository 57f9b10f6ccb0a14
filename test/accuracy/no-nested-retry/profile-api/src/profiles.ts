import { again } from './again.js';

export const loadPlainly = (id: string): Promise<Response> => fetch(`https://profiles.test/${id}`);

async function loadOnce(id: string): Promise<Response> {
  const response = await fetch(`https://profiles.test/${id}`);
  if (response.status >= 500) throw new Error('failed');
  return response;
}

export async function loadStubbornly(id: string): Promise<Response> {
  // ok: no-nested-retry -- the inner layer by itself
  return again(() => loadOnce(id));
}

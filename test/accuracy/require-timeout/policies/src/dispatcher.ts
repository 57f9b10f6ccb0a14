import { Agent, setGlobalDispatcher } from 'undici';

setGlobalDispatcher(new Agent({ headersTimeout: 5000, bodyTimeout: 5000 }));

export async function settings(): Promise<unknown> {
  // ok: require-timeout -- the global dispatcher's limits
  const response = await fetch('https://settings.internal');
  return response.json();
}

import { QueryClient, QueryObserver, type QueryFunctionContext } from '@tanstack/query-core';
import axios from 'axios';
import { getJson } from '../lib/api.js';

const client = new QueryClient();
const BASE = 'https://papers.example';

export function paper(id: string): Promise<unknown> {
  return client.fetchQuery({
    queryKey: ['paper', id],
    // ok: forward-abort-signal -- passed
    queryFn: ({ signal }) => getJson(`/papers/${id}`, { signal }),
  });
}

export function notes(id: string): Promise<unknown> {
  return client.fetchQuery({
    queryKey: ['notes', id],
    queryFn: async ({ signal }) => {
      if (signal.aborted) return [];
      // expect: forward-abort-signal/notForwarded
      const response = await fetch(`${BASE}/notes/${id}`, { signal: AbortSignal.timeout(5000) });
      return response.json() as Promise<unknown>;
    },
  });
}

const loadTags = async (context: QueryFunctionContext<[string, string]>): Promise<string[]> => {
  const [, id] = context.queryKey;
  // expect: forward-abort-signal/notForwarded
  const { data } = await axios.get<string[]>(`${BASE}/papers/${id}/tags`, { timeout: 3000 });
  return data;
};

const loadFigures = async ({ queryKey: [, id], signal }: QueryFunctionContext<[string, string]>): Promise<string[]> => {
  // ok: forward-abort-signal -- passed
  const { data } = await axios.get<string[]>(`${BASE}/papers/${id}/figures`, { timeout: 3000, signal });
  return data;
};

export const tags = (id: string): Promise<string[]> =>
  client.fetchQuery({ queryKey: ['tags', id] as [string, string], queryFn: loadTags });
export const figures = (id: string): Promise<string[]> =>
  client.fetchQuery({ queryKey: ['figures', id] as [string, string], queryFn: loadFigures });

export const observer = new QueryObserver(client, {
  queryKey: ['inbox'],
  queryFn: async (context) => {
    // ok: forward-abort-signal -- passed
    const response = await fetch(`${BASE}/inbox`, { signal: context.signal });
    return response.json() as Promise<unknown>;
  },
});

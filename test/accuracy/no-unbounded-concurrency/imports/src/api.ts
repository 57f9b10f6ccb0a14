import axios from 'axios';

const http = axios.create({ baseURL: 'https://catalog.imports.test', timeout: 2_000 });

export interface Item {
  readonly id: string;
  readonly parent?: string;
}

export interface Page {
  readonly items: Item[];
  readonly pages: number;
}

export async function getItem(id: string): Promise<Item> {
  const { data } = await http.get<Item>(`/items/${id}`);
  return data;
}

export async function getPage(page: number): Promise<Page> {
  const { data } = await http.get<Page>('/items', { params: { page } });
  return data;
}

export async function putItem(item: Item): Promise<void> {
  await http.put(`/items/${item.id}`, item);
}

export class ItemStore {
  async load(id: string): Promise<Item> {
    return this.request(`/items/${id}`);
  }

  private async request(path: string): Promise<Item> {
    const answer = await fetch(`https://catalog.imports.test${path}`);
    if (!answer.ok) throw new Error(`catalog: ${answer.status}`);
    return (await answer.json()) as Item;
  }
}

/** Nothing leaves the process here. */
export async function parseItem(text: string): Promise<Item> {
  return JSON.parse(text) as Item;
}

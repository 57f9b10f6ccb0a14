import axios, { type AxiosInstance } from 'axios';

/** The client that every service is called with. */
export function createClient(baseURL: string): AxiosInstance {
  return axios.create({ baseURL, headers: { 'user-agent': 'shop/1' } });
}

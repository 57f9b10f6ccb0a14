import axios from 'axios';

export const taxClient = createClient('https://tax.internal');

// expect: require-timeout/missing
export const legacyTax = axios.create({ baseURL: 'https://tax-legacy.internal' });

function createClient(baseURL: string) {
  // ok: require-timeout -- a factory with a limit
  return axios.create({ baseURL, timeout: 2000 });
}

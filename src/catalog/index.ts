/** Every library that the project knows, a file a library. */
import { axios } from './http/axios.js';
import { fetch } from './http/fetch.js';
import { nodeHttp } from './http/node-http.js';
import type { Library } from './schema.js';
import { pg } from './store/pg.js';

export const catalog: readonly Library[] = [fetch, axios, nodeHttp, pg];

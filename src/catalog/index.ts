/** Every library that the project knows, a file a library. Where several match a package, the first one is meant. */
import { axios } from './http/axios.js';
import { fetch } from './http/fetch.js';
import { got } from './http/got.js';
import { nestjsAxios } from './http/nestjs-axios.js';
import { nodeHttp } from './http/node-http.js';
import { undici } from './http/undici.js';
import { cockatiel } from './policy/cockatiel.js';
import { opossum } from './policy/opossum.js';
import { pRetry } from './policy/p-retry.js';
import { bullmq } from './queue/bullmq.js';
import type { Library } from './schema.js';
import { aws, awsDynamoDb, awsSqs } from './sdk/aws.js';
import { openai } from './sdk/openai.js';
import { ioredis } from './store/ioredis.js';
import { pg } from './store/pg.js';

export const catalog: readonly Library[] = [
  fetch,
  axios,
  nodeHttp,
  got,
  undici,
  nestjsAxios,
  awsDynamoDb,
  awsSqs,
  aws,
  openai,
  pg,
  ioredis,
  bullmq,
  pRetry,
  cockatiel,
  opossum,
];

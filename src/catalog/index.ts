/** Every library that the project knows, a file a library. Where several match a package, the first one is meant. */
import type { Library } from './schema.js';
import { apolloClient } from './http/apollo-client.js';
import { axios } from './http/axios.js';
import { fetch } from './http/fetch.js';
import { gaxios } from './http/gaxios.js';
import { got } from './http/got.js';
import { graphqlRequest } from './http/graphql-request.js';
import { ky } from './http/ky.js';
import { needle } from './http/needle.js';
import { nestjsAxios } from './http/nestjs-axios.js';
import { crossFetch, nodeFetch } from './http/node-fetch.js';
import { nodeHttp } from './http/node-http.js';
import { nodeHttp2 } from './http/node-http2.js';
import { nodeNet, nodeTls } from './http/node-net.js';
import { ofetch } from './http/ofetch.js';
import { superagent } from './http/superagent.js';
import { undici } from './http/undici.js';
import { wretch } from './http/wretch.js';
import { asyncRetry } from './policy/async-retry.js';
import { attempt } from './policy/attempt.js';
import { axiosRetry, retryAxios } from './policy/axios-retry.js';
import { bottleneck } from './policy/bottleneck.js';
import { cockatiel } from './policy/cockatiel.js';
import { effect } from './policy/effect.js';
import { exponentialBackoff } from './policy/exponential-backoff.js';
import { fetchRetry } from './policy/fetch-retry.js';
import { mollitia } from './policy/mollitia.js';
import { opossum } from './policy/opossum.js';
import { pLimit, pMap, pQueue } from './policy/p-limit.js';
import { pRetry } from './policy/p-retry.js';
import { pTimeout } from './policy/p-timeout.js';
import { promiseRetry, retry } from './policy/retry.js';
import { rxjs } from './policy/rxjs.js';
import { tsRetryPromise } from './policy/ts-retry-promise.js';
import { amqplib } from './queue/amqplib.js';
import { bullmq } from './queue/bullmq.js';
import { confluentKafka } from './queue/confluent-kafka.js';
import { kafkajs } from './queue/kafkajs.js';
import { mqtt } from './queue/mqtt.js';
import { nats } from './queue/nats.js';
import { pgBoss } from './queue/pg-boss.js';
import { sqsConsumer } from './queue/sqs-consumer.js';
import { connect } from './rpc/connect.js';
import { grpcJs } from './rpc/grpc-js.js';
import { trpcClient } from './rpc/trpc-client.js';
import { algoliasearch } from './sdk/algoliasearch.js';
import { anthropic } from './sdk/anthropic.js';
import { aws, awsDynamoDb, awsSqs } from './sdk/aws.js';
import { azureCoreRestPipeline, azureStorageBlob } from './sdk/azure.js';
import { elasticsearch, opensearch } from './sdk/elasticsearch.js';
import { firebaseAdmin } from './sdk/firebase-admin.js';
import { googleCloudPubsub, googleCloudStorage } from './sdk/google-cloud.js';
import { googleapis } from './sdk/googleapis.js';
import { nodemailer } from './sdk/nodemailer.js';
import { notion } from './sdk/notion.js';
import { octokit, octokitRest } from './sdk/octokit.js';
import { openai } from './sdk/openai.js';
import { postmark } from './sdk/postmark.js';
import { resend } from './sdk/resend.js';
import { sendgrid } from './sdk/sendgrid.js';
import { slack } from './sdk/slack.js';
import { stripe } from './sdk/stripe.js';
import { supabase } from './sdk/supabase.js';
import { twilio } from './sdk/twilio.js';
import { cassandra } from './store/cassandra-driver.js';
import { drizzle } from './store/drizzle-orm.js';
import { ioredis } from './store/ioredis.js';
import { knex } from './store/knex.js';
import { kysely } from './store/kysely.js';
import { mariadb } from './store/mariadb.js';
import { memjs } from './store/memjs.js';
import { mongodb } from './store/mongodb.js';
import { mongoose } from './store/mongoose.js';
import { mssql } from './store/mssql.js';
import { mysql2 } from './store/mysql2.js';
import { neo4j } from './store/neo4j-driver.js';
import { pg } from './store/pg.js';
import { postgres } from './store/postgres.js';
import { prisma } from './store/prisma.js';
import { redis } from './store/redis.js';
import { sequelize } from './store/sequelize.js';
import { typeorm } from './store/typeorm.js';

export const catalog: readonly Library[] = [
  fetch,
  axios,
  nodeHttp,
  got,
  undici,
  apolloClient,
  gaxios,
  graphqlRequest,
  ky,
  needle,
  nestjsAxios,
  nodeFetch,
  crossFetch,
  nodeHttp2,
  nodeNet,
  nodeTls,
  ofetch,
  superagent,
  wretch,
  connect,
  grpcJs,
  trpcClient,
  algoliasearch,
  anthropic,
  awsDynamoDb,
  awsSqs,
  aws,
  azureStorageBlob,
  azureCoreRestPipeline,
  elasticsearch,
  opensearch,
  firebaseAdmin,
  googleCloudStorage,
  googleCloudPubsub,
  googleapis,
  nodemailer,
  notion,
  octokitRest,
  octokit,
  openai,
  postmark,
  resend,
  sendgrid,
  slack,
  stripe,
  supabase,
  twilio,
  cassandra,
  drizzle,
  ioredis,
  knex,
  kysely,
  mariadb,
  memjs,
  mongodb,
  mongoose,
  mssql,
  mysql2,
  neo4j,
  pg,
  postgres,
  prisma,
  redis,
  sequelize,
  typeorm,
  amqplib,
  bullmq,
  confluentKafka,
  kafkajs,
  mqtt,
  nats,
  pgBoss,
  sqsConsumer,
  asyncRetry,
  attempt,
  axiosRetry,
  retryAxios,
  bottleneck,
  cockatiel,
  effect,
  exponentialBackoff,
  fetchRetry,
  mollitia,
  opossum,
  pLimit,
  pMap,
  pQueue,
  pRetry,
  pTimeout,
  retry,
  promiseRetry,
  rxjs,
  tsRetryPromise,
];

import cassandra from 'cassandra-driver';
import memjs from 'memjs';
import mongoose from 'mongoose';
import neo4j from 'neo4j-driver';
import { Client as ElasticClient } from '@elastic/elasticsearch';
import { Client as OpenSearchClient } from '@opensearch-project/opensearch';
import { createClient } from '@supabase/supabase-js';
import { algoliasearch } from 'algoliasearch';
import { Cluster } from 'ioredis';
import { createCluster, createClientPool } from 'redis';

// ok: require-timeout -- 12 s by default
export const events = new cassandra.Client({ contactPoints: ['cassandra.internal'], localDataCenter: 'dc1' });

// ok: require-timeout -- half a second by default
export const cache = memjs.Client.create('cache.internal:11211');

export async function connect(): Promise<void> {
  // expect: require-timeout/missing|openPhase
  await mongoose.connect(process.env.MONGO_URL ?? '', { serverSelectionTimeoutMS: 4000, maxPoolSize: 10 });
}

export async function connectBounded(): Promise<void> {
  // ok: require-timeout -- silence on the socket ends it
  await mongoose.connect(process.env.MONGO_URL ?? '', { serverSelectionTimeoutMS: 4000, socketTimeoutMS: 8000 });
}

// expect: require-timeout/openPhase
export const graph = neo4j.driver('neo4j://graph.internal', neo4j.auth.basic('neo4j', ''), { connectionTimeout: 2000 });

// expect: require-timeout/missing
export const search = new ElasticClient({ node: 'https://search.internal' });

// ok: require-timeout -- 30 s by default
export const open = new OpenSearchClient({ node: 'https://opensearch.internal' });

// ok: require-timeout -- judged at the queries
export const supabase = createClient('https://x.supabase.co', process.env.SUPABASE_KEY ?? '');

// ok: require-timeout -- seconds by default
export const algolia = algoliasearch('app', process.env.ALGOLIA_KEY ?? '');

// expect: require-timeout/missing|openPhase
export const cluster = new Cluster([{ host: 'redis-0.internal', port: 6379 }]);

// ok: require-timeout -- commands have a limit
export const boundedCluster = new Cluster([{ host: 'redis-0.internal', port: 6379 }], {
  redisOptions: { commandTimeout: 1500 },
});

// expect: require-timeout/missing|openPhase
export const nodes = createCluster({ rootNodes: [{ url: 'redis://redis-0.internal' }] });

// ok: require-timeout -- idle sockets are closed
export const pool = createClientPool({ url: 'redis://redis.internal', socket: { socketTimeout: 2000 } });

export async function lane(id: string): Promise<unknown> {
  // expect: require-timeout/longDefault
  const { data } = await supabase.from('lanes').select('*').eq('id', id).single();
  return data;
}

export async function laneBounded(id: string): Promise<unknown> {
  // ok: require-timeout -- a signal in the chain
  const { data } = await supabase
    .from('lanes')
    .select('*')
    .eq('id', id)
    .abortSignal(AbortSignal.timeout(3000))
    .single();
  return data;
}

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@supabase/supabase-js',
  versions: [{ package: '@supabase/supabase-js', node: 24 }],
  clients: {
    Query: {
      quiet: { db: { retry: false } },
      retrySourceOnly: 'no option in the entry; measured: reads 4 attempts, waits 1006, 2002, 4003 ms, writes 1',
      start: ({ lib, target, config, chain, method }) => {
        const client = lib.createClient(target.url, 'key', config);
        let query = method === 'GET' ? client.from('t').select() : client.from('t').insert({ a: 1 });
        for (const [name, value] of Object.entries(chain)) query = query[name](value);
        return query;
      },
    },
  },
  sourceOnly: { SupabaseClient: '`rpc` is the same query builder, shown for Query' },
});

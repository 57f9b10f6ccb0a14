import type { createTRPCClient } from '@trpc/client';
import { initTRPC } from '@trpc/server';
export * as lib from '@trpc/client';
export declare const entry: '@trpc/client';
const t = initTRPC.create();
const router = t.router({
  q: t.procedure.query(() => 1),
  m: t.procedure.mutation(() => 1),
  s: t.procedure.subscription(async function* () {
    yield 1;
  }),
});
declare const client: ReturnType<typeof createTRPCClient<typeof router>>;
export declare const clients: {
  TRPCClient: typeof client;
  Procedure: (typeof client)['q'] & (typeof client)['m'] & (typeof client)['s'];
};

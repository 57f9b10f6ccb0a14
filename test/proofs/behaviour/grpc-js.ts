import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@grpc/grpc-js',
  versions: [{ package: '@grpc/grpc-js' }],
  clients: {
    Client: {
      unrunnable: {
        handshake: 'TLS needs certificates here; the HTTP/2 preface is what hangs at headers',
        body: 'the servers here speak HTTP/1.1',
      },
      start: ({ lib, target, options }) =>
        new Promise((resolve, reject) => {
          const { Client, credentials } = lib.Client ? lib : lib.default;
          const client = new Client(`${target.host}:${target.port}`, credentials.createInsecure());
          const same = (value: Buffer) => value;
          client.makeUnaryRequest('/a.B/C', same, same, Buffer.alloc(0), options, (error: unknown, value: unknown) =>
            error ? reject(error) : resolve(value),
          );
        }),
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@google-cloud/storage',
  versions: [{ package: '@google-cloud/storage', node: 24 }, { package: '@google-cloud/storage7' }],
  clients: {
    Bucket: {
      quiet: { retryOptions: { autoRetry: false } },
      unrunnable: { connect: 'asks for credentials first', handshake: 'asks for credentials first' },
      retrySourceOnly: 'waits of 2^n s and up to 1 s more, measured: 2.4 and 4.0 s',
      start: ({ lib, target, config }) => {
        const { Storage } = lib.Storage ? lib : lib.default;
        return new Storage({ projectId: 'p', apiEndpoint: target.url, useAuthWithCustomEndpoint: false, ...config })
          .bucket('b')
          .getMetadata();
      },
    },
  },
  sourceOnly: { Storage: 'the same requests, shown for Bucket', File: 'the same requests, shown for Bucket' },
});

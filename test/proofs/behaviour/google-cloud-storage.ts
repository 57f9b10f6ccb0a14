import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@google-cloud/storage',
  versions: [{ package: '@google-cloud/storage', node: 24 }, { package: '@google-cloud/storage7' }],
  clients: {
    Bucket: {
      quiet: { retryOptions: { autoRetry: false } },
      unrunnable: { connect: 'asks for credentials first', handshake: 'asks for credentials first' },
      start: ({ lib, target, config }) => {
        const { Storage } = lib.Storage ? lib : lib.default;
        return new Storage({ projectId: 'p', apiEndpoint: target.url, useAuthWithCustomEndpoint: false, ...config })
          .bucket('b')
          .getMetadata();
      },
    },
  },
  same: { Storage: 'Bucket', File: 'Bucket' },
});

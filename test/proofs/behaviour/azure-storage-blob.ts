import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@azure/storage-blob',
  versions: [{ package: '@azure/storage-blob', node: 24 }],
  clients: {
    ContainerClient: {
      quiet: { retryOptions: { maxTries: 1 } },
      type: 'application/xml',
      start: async ({ lib, target, config, options, method }) => {
        const container = new lib.BlobServiceClient(
          target.url,
          new lib.AnonymousCredential(),
          config,
        ).getContainerClient('c');
        if (method === 'POST') return container.getBlockBlobClient('b').upload('x', 1, options);
        for await (const one of container.listBlobsFlat(options)) return one;
        return undefined;
      },
    },
  },
  same: { BlobServiceClient: 'ContainerClient', BlobClient: 'ContainerClient' },
});

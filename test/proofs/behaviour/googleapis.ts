import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'googleapis',
  versions: [{ package: '@googleapis/drive', node: 24 }],
  clients: {
    Api: {
      quiet: { retry: false },
      start: ({ lib, target, config, options, method }) => {
        const { files } = (lib.drive ? lib : lib.default).drive({
          version: 'v3',
          rootUrl: `${target.url}/`,
          ...config,
        });
        return method === 'GET' ? files.list({}, options) : files.create({ requestBody: {} }, options);
      },
    },
  },
  same: { Resource: 'Api' },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@azure/core-rest-pipeline',
  versions: [{ package: '@azure/core-rest-pipeline', node: 24 }],
  clients: {
    HttpClient: {
      start: ({ lib, target, options, method }) =>
        lib
          .createDefaultHttpClient()
          .sendRequest(
            lib.createPipelineRequest({ url: target.url, method, allowInsecureConnection: true, ...options }),
          ),
    },
  },
});

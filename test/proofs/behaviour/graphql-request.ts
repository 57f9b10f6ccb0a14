import { behaviour } from '../src/behaviour.js';

const document = '{ a }';

export default behaviour({
  library: 'graphql-request',
  versions: [{ package: 'graphql-request' }],
  clients: {
    GraphQLClient: {
      start: ({ lib, target, config, options }) =>
        new lib.GraphQLClient(target.url, config).request({ document, ...options }),
    },
    functions: {
      start: ({ lib, target, options }) => lib.request({ url: target.url, document, ...options }),
    },
  },
});

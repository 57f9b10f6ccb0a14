import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@apollo/client',
  versions: [{ package: '@apollo/client' }],
  clients: {
    ApolloClient: {
      start: async ({ lib, load, target, options }) => {
        const { ApolloClient, InMemoryCache, HttpLink, gql } = lib.ApolloClient
          ? lib
          : (await load('@apollo/client')).default;
        const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: target.url }) });
        return client.query({
          query: gql`
            {
              a
            }
          `,
          ...options,
        });
      },
    },
  },
});

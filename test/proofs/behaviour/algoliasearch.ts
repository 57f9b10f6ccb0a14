import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'algoliasearch',
  versions: [{ package: 'algoliasearch' }],
  clients: {
    Algoliasearch: {
      // The constructor takes the object as it is: what is left out of is 0 ms, and fires at once.
      quiet: { timeouts: { connect: 2000, read: 5000, write: 30_000 } },
      skip: { 'timeouts.write': 'the same code as timeouts.read, for writes' },
      start: ({ lib, target, config, options }) => {
        const hosts = [
          { url: target.host, port: target.port, accept: 'readWrite', protocol: target.url.split(':')[0] },
        ];
        return lib
          .algoliasearch('id', 'key', { hosts, ...config })
          .getObject({ indexName: 'i', objectID: 'o' }, options);
      },
    },
  },
});

import http from 'node:http';
import https from 'node:https';
import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'node:http',
  versions: [{ package: 'node:http' }, { package: 'node:http', node: 24 }],
  clients: {
    http: {
      start: ({ target, options, method, listen }) =>
        new Promise((resolve, reject) => {
          const { request } = target.url.startsWith('https') ? https : http;
          const outgoing = request(target.url, { method, ...options }, (response) => {
            response.resume();
            response.on('end', resolve);
            response.on('error', reject);
          });
          outgoing.on('error', reject);
          if (listen) outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
          outgoing.end();
        }),
    },
  },
});

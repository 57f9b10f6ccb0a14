import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'node:http2',
  versions: [{ package: 'node:http2' }, { package: 'node:http2', node: 24 }],
  clients: {
    ClientHttp2Session: {
      unrunnable: { body: 'the servers here speak HTTP/1.1' },
      start: ({ lib, target, options }) =>
        new Promise((resolve, reject) => {
          const session = lib.connect(target.url);
          session.on('error', reject);
          const request = session.request({}, options);
          request.on('error', reject);
          request.on('end', resolve);
          request.resume();
        }),
    },
  },
});

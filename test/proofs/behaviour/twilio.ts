import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'twilio',
  versions: [{ package: 'twilio' }],
  clients: {
    Twilio: {
      retry: { by: 429, methods: ['POST'] },
      retrySourceOnly: 'axios behind its own request client; twilio/lib/base/RequestClient.js: 3 on 429 with autoRetry',
      start: ({ lib, target, config, method }) =>
        lib.default(`AC${'0'.repeat(32)}`, 'token', config).request({ method, uri: target.url }),
    },
  },
  sourceOnly: { Resource: 'its host is fixed; the same requests, shown for Twilio' },
});

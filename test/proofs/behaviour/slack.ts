import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@slack/web-api',
  versions: [{ package: '@slack/web-api' }],
  clients: {
    WebClient: {
      quiet: { retryConfig: { retries: 0 } },
      retry: { by: 503, methods: ['POST'] },
      start: ({ lib, target, config }) => {
        const { WebClient } = lib.WebClient ? lib : lib.default;
        const client = new WebClient('x', { slackApiUrl: `${target.url}/`, logger: quietLogger, ...config });
        return client.chat.postMessage({ channel: 'c', text: 't' });
      },
    },
  },
  same: { Group: 'WebClient' },
});

const none = () => undefined;
const quietLogger = {
  debug: none,
  info: none,
  warn: none,
  error: none,
  setLevel: none,
  getLevel: () => 'error',
  setName: none,
};

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'octokit',
  versions: [{ package: 'octokit' }],
  clients: {
    Octokit: {
      quiet: { retry: { enabled: false }, throttle: { enabled: false } },
      retry: { by: 502 },
      start: ({ lib, target, config, options, method }) =>
        new lib.Octokit({ baseUrl: target.url, log: silence, ...config }).request(`${method} /x`, options),
    },
  },
  sourceOnly: { Scope: 'the same requests, shown for Octokit' },
});

const none = () => undefined;
const silence = { debug: none, info: none, warn: none, error: none };

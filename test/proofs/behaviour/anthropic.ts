import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@anthropic-ai/sdk',
  versions: [{ package: '@anthropic-ai/sdk' }],
  clients: {
    Anthropic: {
      quiet: { maxRetries: 0 },
      start: ({ lib, target, config, options, method }) => {
        const client = new lib.default({ apiKey: 'k', baseURL: target.url, ...config });
        return method === 'GET'
          ? client.models.list({}, options)
          : client.messages.create({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x' }] }, options);
      },
    },
  },
  same: { Messages: 'Anthropic', Resource: 'Anthropic' },
});

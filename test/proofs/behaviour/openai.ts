import { behaviour, type Subject } from '../src/behaviour.js';

const subject: Subject = {
  quiet: { maxRetries: 0 },
  start: ({ lib, target, config, options, method }) => {
    const client = new lib.OpenAI({ apiKey: 'k', baseURL: target.url, ...config });
    return method === 'GET'
      ? client.models.list(options)
      : client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'x' }] }, options);
  },
};

export default behaviour({
  library: 'openai',
  versions: [{ package: 'openai', node: 24 }, { package: 'openai6' }],
  clients: { OpenAI: subject },
  same: { Models: 'OpenAI', Resource: 'OpenAI' },
});

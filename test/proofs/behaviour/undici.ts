import { behaviour, type Subject } from '../src/behaviour.js';

const dispatcher: Subject = {
  ms: 1000,
  start: async ({ lib, target, config, options, method }) => {
    const pool = new lib.Pool(target.url, config);
    const { body } = await pool.request({ path: '/', method, ...options });
    return body.text();
  },
};

export default behaviour({
  library: 'undici',
  versions: [{ package: 'undici', node: 24 }, { package: 'undici7' }],
  clients: {
    undici: {
      ms: 1000,
      start: async ({ lib, target, options, method }) => {
        const { body } = await lib.request(target.url, { method, ...options });
        return body.text();
      },
    },
    Dispatcher: dispatcher,
    RetryAgent: {
      start: async ({ lib, target, config, options, method }) => {
        const agent = new lib.RetryAgent(new lib.Pool(target.url), config);
        const { body } = await agent.request({ path: '/', method, origin: target.url, ...options });
        return body.text();
      },
      skip: Object.fromEntries(
        ['headersTimeout', 'bodyTimeout', 'connectTimeout', 'connect.timeout', 'signal'].map((option) => [
          option,
          'given to the dispatcher inside, shown for Dispatcher',
        ]),
      ),
      defaultSourceOnly: 'those of the dispatcher inside, shown for Dispatcher',
    },
    fetch: {
      start: async ({ lib, target, options, method }) => (await lib.fetch(target.url, { method, ...options })).text(),
    },
  },
});

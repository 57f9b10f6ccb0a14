import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'postmark',
  versions: [{ package: 'postmark' }],
  clients: {
    ServerClient: {
      start: ({ lib, target, config, method }) => {
        const { ServerClient } = lib.ServerClient ? lib : lib.default;
        const client = new ServerClient('token', {
          requestHost: `${target.host}:${target.port}`,
          useHttps: target.url.startsWith('https'),
          ...config,
        });
        return method === 'GET'
          ? client.getServer()
          : client.sendEmail({ From: 'a@b.c', To: 'a@b.c', Subject: 's', TextBody: 't' });
      },
    },
  },
});

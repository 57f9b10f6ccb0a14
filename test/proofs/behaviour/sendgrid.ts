import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '@sendgrid/mail',
  versions: [{ package: '@sendgrid/mail' }],
  clients: {
    MailService: {
      start: async ({ lib, load, target, chain }) => {
        const { MailService } = lib.MailService ? lib : lib.default;
        const { Client } = await load('@sendgrid/client').then((one) => (one.Client ? one : one.default));
        const client = new Client();
        const mail = new MailService();
        mail.setClient(client);
        mail.setApiKey('SG.x');
        client.setDefaultRequest('baseUrl', target.url);
        for (const [method, value] of Object.entries(chain)) mail[method](value);
        return mail.send({ from: 'a@b.c', to: 'a@b.c', subject: 's', text: 't' });
      },
    },
  },
});

import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'resend',
  versions: [{ package: 'resend' }],
  clients: {
    Emails: {
      start: ({ lib, target, config, options }) =>
        new lib.Resend('re_x', { baseUrl: target.url, ...config }).emails.send(
          { from: 'a@b.c', to: 'a@b.c', subject: 's', text: 't' },
          options,
        ),
    },
  },
  same: { Resend: 'Emails' },
});

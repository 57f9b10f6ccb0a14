import { behaviour } from '../src/behaviour.js';

import { smtp } from '../src/protocols.js';

export default behaviour({
  library: 'nodemailer',
  versions: [{ package: 'nodemailer' }],
  clients: {
    Mail: {
      handshake: smtp,
      start: ({ lib, target, config }) =>
        (lib.createTransport ?? lib.default.createTransport)({
          host: target.host,
          port: target.port,
          ignoreTLS: true,
          ...config,
        }).sendMail({
          from: 'a@example.com',
          to: 'b@example.com',
          text: 'x',
        }),
    },
  },
});

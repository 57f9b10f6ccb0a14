'use strict';

const axios = require('axios');

const http = axios.create({ baseURL: 'https://mail.test', timeout: 2000 });

function send(recipient) {
  return http.put(`/mails/${recipient.id}`, recipient);
}

exports.sendAll = async function (recipients) {
  // expect: no-unbounded-concurrency/unbounded
  await Promise.all(recipients.map(send));
};

exports.sendBatches = async function (recipients) {
  const size = 50;
  for (let i = 0; i < recipients.length; i += size) {
    const batch = recipients.slice(i, i + size);
    // ok: no-unbounded-concurrency -- fifty at most
    await Promise.all(batch.map(send));
  }
};

exports.sendSpliced = async function (recipients) {
  while (recipients.length) {
    const batch = recipients.splice(0, 20);
    // ok: no-unbounded-concurrency -- twenty at most
    await Promise.all(batch.map((recipient) => send(recipient)));
  }
};

exports.sendPromised = function (recipients) {
  const promises = [];
  for (let i = 0; i < recipients.length; i++) {
    promises.push(
      send(recipients[i]).then(function (answer) {
        return answer.status;
      }),
    );
  }
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all(promises);
};

exports.notifyAdmins = function () {
  const admins = ['ops@mail.test', 'dev@mail.test'];
  // ok: no-unbounded-concurrency -- two
  return Promise.all(admins.map((id) => send({ id })));
};

exports.sendByKeys = function (byId) {
  const promises = Object.keys(byId).map((id) => send(byId[id]));
  // expect: no-unbounded-concurrency/unbounded
  return Promise.allSettled(promises).then((results) => results.filter((r) => r.status === 'rejected').length);
};

'use strict';

const { bounded, call, internal } = require('./http-client.js');

async function report(id) {
  // ok: require-timeout -- a client of another file, with a limit
  const { data } = await bounded.get(`https://reports.internal/${id}`);
  // ok: require-timeout -- reported where it is made
  await internal.post('/reports', data);
  // ok: require-timeout -- reported once, in the wrapper
  return call(`https://reports.internal/${id}/done`);
}

module.exports = { report };

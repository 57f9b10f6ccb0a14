'use strict';

const axios = require('axios').default;

// ok: require-timeout -- a limit
exports.bounded = axios.create({ timeout: 2500 });

// expect: require-timeout/missing
exports.internal = axios.create({ baseURL: 'http://gateway.internal' });

/** Waits for ever unless the caller gives options. */
exports.call = async function call(url, options = {}) {
  // expect: require-timeout/wrapperWithoutDefault
  const response = await fetch(url, options);
  return response.json();
};

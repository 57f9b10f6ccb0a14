'use strict';

const axios = require('axios');
const http = require('http');
const https = require('node:https');
const superagent = require('superagent');
const { request: undiciRequest } = require('undici');
const { Pool } = require('pg');

const keepAlive = new https.Agent({ keepAlive: true });

function readUser(id, callback) {
  // expect: require-timeout/missing
  http.get(`http://users.internal/${id}`, (response) => {
    response.resume();
    response.on('end', () => callback(null, response.statusCode));
  });
}

function readBounded(id, callback) {
  // ok: require-timeout -- the handler destroys
  const request = https.request(
    { host: 'users.internal', path: `/${id}`, timeout: 3000, agent: keepAlive },
    (response) => {
      response.resume();
      response.on('end', () => callback(null, response.statusCode));
    },
  );
  request.on('timeout', () => request.destroy(new Error('timeout')));
  request.on('error', callback);
  request.end();
}

function writeBounded(path, body, callback) {
  // ok: require-timeout -- setTimeout with a handler that destroys
  const req = https.request(`https://users.internal${path}`, { method: 'POST' }, (res) =>
    callback(null, res.statusCode),
  );
  req.setTimeout(4000, function () {
    req.destroy();
  });
  req.on('error', callback);
  req.end(JSON.stringify(body));
}

function readWithSignal(path, callback) {
  // ok: require-timeout -- a signal
  https
    .get(`https://users.internal${path}`, { signal: AbortSignal.timeout(2000) }, (res) => callback(null, res))
    .on('error', callback);
}

function writeUser(user, callback) {
  const options = { method: 'PUT', host: 'users.internal', path: `/${user.id}` };
  options.headers = { 'content-type': 'application/json' };
  // expect: require-timeout/missing
  const req = https.request(options, (res) => callback(null, res.statusCode));
  req.on('error', callback);
  req.write(JSON.stringify(user));
  req.end();
}

async function profile(id) {
  // expect: require-timeout/missing
  const { data } = await axios.get(`https://profiles.internal/${id}`);
  return data;
}

async function avatar(id) {
  // expect: require-timeout/missing
  const response = await superagent.get(`https://avatars.internal/${id}`).set('accept', 'image/png');
  return response.body;
}

async function avatarBounded(id) {
  // ok: require-timeout -- a limit in the chain
  const response = await superagent.get(`https://avatars.internal/${id}`).timeout({ response: 2000, deadline: 5000 });
  return response.body;
}

async function metrics() {
  // expect: require-timeout/longDefault
  const { body } = await undiciRequest('https://metrics.internal');
  return body.text();
}

async function flags() {
  // expect: require-timeout/longDefault
  const response = await fetch('https://flags.internal');
  return response.json();
}

// expect: require-timeout/missing
const db = new Pool({ host: 'users-db' });

async function listUsers() {
  // ok: require-timeout -- the pool is reported where it is made
  const { rows } = await db.query('SELECT * FROM users');
  return rows;
}

module.exports = {
  readUser,
  readBounded,
  writeBounded,
  readWithSignal,
  writeUser,
  profile,
  avatar,
  avatarBounded,
  metrics,
  flags,
  listUsers,
};

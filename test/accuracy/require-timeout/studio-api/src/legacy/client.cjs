'use strict';

const axios = require('axios');
const { get: httpGet } = require('https');
const fetch = require('cross-fetch');
const Redis = require('ioredis');

const defaults = { headers: { 'user-agent': 'studio' } };

// expect: require-timeout/missing
const api = axios.create(Object.assign({}, defaults, { baseURL: 'https://legacy.example' }));

// ok: require-timeout -- merged in
const boundedApi = axios.create(Object.assign({ timeout: 5000 }, defaults));

// expect: require-timeout/missing|openPhase
const redis = new Redis(6379, 'cache.internal');

module.exports.load = async function load(id) {
  await redis.get(id);
  await boundedApi.get('/x');
  return (await api.get(`/items/${id}`)).data;
};

module.exports.page = (path, done) => {
  // expect: require-timeout/missing
  httpGet(`https://legacy.example${path}`, (response) => {
    let text = '';
    response.on('data', (chunk) => (text += chunk));
    response.on('end', () => done(null, text));
  }).on('error', done);
};

exports.raw = async (path) => {
  // expect: require-timeout/missing
  const response = await fetch(`https://legacy.example${path}`);
  return response.text();
};

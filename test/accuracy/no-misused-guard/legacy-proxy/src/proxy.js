'use strict';

const CircuitBreaker = require('opossum');

const options = { timeout: 3000, resetTimeout: 10000, volumeThreshold: 10 };

const breakers = {};

function breakerFor(name, action) {
  // ok: no-misused-guard -- kept by name
  if (!breakers[name]) breakers[name] = new CircuitBreaker(action, options);
  return breakers[name];
}

const read = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(url + ': ' + answer.status);
  return answer.json();
};

exports.proxied = (name, url) => breakerFor(name, read).fire(url);

exports.handler = async function (req, res) {
  // expect: no-misused-guard/perCall
  const breaker = new CircuitBreaker(read, options);
  breaker.fallback(() => null);
  res.end(JSON.stringify(await breaker.fire('https://orders.proxy.test' + req.url)));
};

module.exports.middleware = function (target) {
  // ok: no-misused-guard -- once for the middleware
  const breaker = new CircuitBreaker(read, options);
  return async function (req, res, next) {
    try {
      res.end(JSON.stringify(await breaker.fire(target + req.url)));
    } catch (error) {
      next(error);
    }
  };
};

exports.withBreaker = (fn) => {
  // ok: no-misused-guard -- once for the function that is returned
  const breaker = new CircuitBreaker(fn, options);
  return (...args) => breaker.fire(...args);
};

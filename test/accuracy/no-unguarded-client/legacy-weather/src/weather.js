'use strict';

const axios = require('axios');
const CircuitBreaker = require('opossum');

const options = { timeout: 3000, errorThresholdPercentage: 50, resetTimeout: 30000, volumeThreshold: 5 };

// ok: no-unguarded-client -- fired through the breaker only
const forecasts = axios.create({ baseURL: 'https://forecast.weather.test', timeout: 2500 });
// expect: no-unguarded-client/unguarded
const radar = axios.create({ baseURL: 'https://radar.weather.test', timeout: 2500 });

async function forecast(city) {
  const { data } = await forecasts.get(`/v2/${city}`);
  return data;
}
const breaker = new CircuitBreaker(forecast, options);
breaker.on('open', () => console.warn('forecast breaker is open'));
breaker.fallback(() => ({ stale: true }));

exports.forecast = (city) => breaker.fire(city);

exports.radar = async function (tile) {
  const { data } = await radar.get(`/tiles/${tile}`);
  return data;
};

function Station(id) {
  this.id = id;
  this.breaker = new CircuitBreaker(() => this.read(), options);
}

Station.prototype.poll = function () {
  return this.breaker.fire();
};

exports.Station = Station;

exports.alerts = function (region) {
  // expect: no-unguarded-client/unguarded
  return fetch(`https://alerts.weather.test/${region}`).then(function (answer) {
    if (!answer.ok) throw new Error('alerts: ' + answer.status);
    return answer.json();
  });
};

const fetchTides = (port) =>
  // ok: no-unguarded-client -- the breaker below is its only caller
  fetch(`https://tides.weather.test/${port}`).then((answer) => {
    if (!answer.ok) throw new Error('tides: ' + answer.status);
    return answer.json();
  });
const tides = new CircuitBreaker(fetchTides, options);
exports.tides = (port) => tides.fire(port);

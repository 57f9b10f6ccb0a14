'use strict';

const fetch = require('node-fetch');

function json(res) {
  return res.json();
}

function status(res) {
  if (res.status >= 200 && res.status < 300) return Promise.resolve(res);
  return Promise.reject(new Error(res.statusText));
}

exports.form = function (id) {
  // expect: require-status-check/unchecked
  return fetch('https://forms.test/' + id).then(json);
};

exports.checkedForm = function (id) {
  // ok: require-status-check -- `status` rejects
  return fetch('https://forms.test/' + id)
    .then(status)
    .then(json);
};

exports.submit = function (id, answers, done) {
  // expect: require-status-check/unchecked
  fetch('https://forms.test/' + id, { method: 'PUT', body: JSON.stringify(answers) })
    .then(function (res) {
      return res.json();
    })
    .then(function (body) {
      done(null, body);
    }, done);
};

exports.submitChecked = function (id, answers, done) {
  // ok: require-status-check -- given to the callback
  fetch('https://forms.test/' + id, { method: 'PUT', body: JSON.stringify(answers) })
    .then(function (res) {
      if (!res.ok) return done(new Error('status ' + res.status));
      return res.json().then(function (body) {
        done(null, body);
      });
    })
    .catch(done);
};

exports.ping = function () {
  // ok: require-status-check -- the status is what is returned
  return fetch('https://forms.test/ping').then((res) => res.status);
};

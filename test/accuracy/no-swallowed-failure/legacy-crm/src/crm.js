'use strict';

const log = require('node:util').debuglog('crm');

async function request(path) {
  const answer = await fetch('https://crm.test' + path);
  if (!answer.ok) throw new Error(path + ': ' + answer.status);
  return answer.json();
}

exports.contacts = async function () {
  try {
    return await request('/contacts');
    // expect: no-swallowed-failure/swallowed
  } catch (e) {
    return [];
  }
};

exports.contact = function (id) {
  // expect: no-swallowed-failure/swallowed
  return request('/contacts/' + id).catch(function () {
    return {};
  });
};

exports.deals = function () {
  return (
    request('/deals')
      // ok: no-swallowed-failure -- told
      .catch(function (error) {
        log('no deals: %s', error.message);
        return [];
      })
  );
};

exports.companies = function (callback) {
  request('/companies').then(
    function (found) {
      callback(null, found);
    },
    // ok: no-swallowed-failure -- the callback gets it
    function (error) {
      callback(error);
    },
  );
};

exports.notes = async function (ids) {
  const notes = [];
  for (const id of ids) {
    try {
      notes.push(await request('/notes/' + id));
      // expect: no-swallowed-failure/swallowed
    } catch (e) {}
  }
  return notes;
};

exports.tasks = async function () {
  let tasks;
  try {
    tasks = await request('/tasks');
    // ok: no-swallowed-failure -- what follows tells it apart
  } catch (e) {
    tasks = null;
  }
  if (tasks === null) throw new Error('no tasks');
  return tasks;
};

import http from 'node:http';
import https from 'node:https';
import got from 'got';

const agent = new https.Agent({ keepAlive: true });

export function read(path, callback) {
  const request = http.request(
    {
      host: 'edge.internal',
      path,
      // expect: no-ineffective-timeout/ignored
      timeout: 3000,
    },
    (response) => callback(null, response),
  );
  request.on('error', callback);
  request.end();
}

export function readLogged(path, log, callback) {
  // expect: no-ineffective-timeout/ignored
  const request = https.get(`https://edge.internal${path}`, { timeout: 3000, agent }, (response) =>
    callback(null, response),
  );
  request.on('timeout', () => log.warn('slow', path));
  request.on('error', callback);
}

export function readDestroyed(path, callback) {
  // ok: no-ineffective-timeout, require-timeout -- a handler that destroys
  const request = https.get(`https://edge.internal${path}`, { timeout: 3000, agent }, (response) =>
    callback(null, response),
  );
  request.once('timeout', onTimeout);
  request.on('error', callback);

  function onTimeout() {
    request.destroy(new Error('timeout'));
  }
}

export function readAborted(path, callback) {
  const options = { host: 'edge.internal', path, timeout: 2000 };
  // ok: no-ineffective-timeout, require-timeout -- `this` is the request
  http
    .request(options, (response) => callback(null, response))
    .on('timeout', function () {
      this.destroy();
    })
    .on('error', callback)
    .end();
}

function arm(request, ms) {
  request.setTimeout(ms, () => request.destroy(new Error(`nothing after ${ms} ms`)));
  return request;
}

export function readArmed(path, callback) {
  // ok: no-ineffective-timeout -- a helper destroys
  const request = https.get(`https://edge.internal${path}`, { timeout: 2000 }, (response) => callback(null, response));
  arm(request, 2000).on('error', callback);
}

export function write(path, body, log, callback) {
  // expect: no-ineffective-timeout/ignored (within 4)
  const request = https.request(`https://edge.internal${path}`, { method: 'POST' }, (response) => {
    callback(null, response.statusCode);
  });
  request.setTimeout(5000, () => log.warn('slow', path));
  request.on('error', callback);
  request.end(body);
}

export async function legacy(path) {
  // expect: no-ineffective-timeout/misread
  return got(`https://edge.internal/${path}`, { timeout: 5000 }).json();
}

export async function modern(path) {
  // ok: no-ineffective-timeout -- an object
  return got(`https://edge.internal/${path}`, { timeout: { request: 5000 } }).json();
}

export async function plain(path) {
  // expect: no-ineffective-timeout/ignored
  const response = await fetch(`https://edge.internal/${path}`, { timeout: 5000 });
  return response.json();
}

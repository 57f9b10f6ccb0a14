import https from 'node:https';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {{ signal?: AbortSignal }} options */
export async function upload(url, body, { signal } = {}) {
  // expect: forward-abort-signal/notForwarded
  const ticket = await fetch(`${url}/tickets`, { method: 'POST', signal: AbortSignal.timeout(2000) });
  const { location } = await ticket.json();
  // ok: forward-abort-signal -- passed on, with a limit
  return fetch(location, {
    method: 'PUT',
    body,
    signal: AbortSignal.any([AbortSignal.timeout(9000), ...(signal ? [signal] : [])]),
  });
}

export async function awaitUpload(url, signal) {
  while (!signal.aborted) {
    // expect: forward-abort-signal/notForwarded, require-timeout/longDefault
    const response = await fetch(`${url}/state`);
    if ((await response.text()) === 'done') return true;
    await wait(500);
  }
  return false;
}

export function download(url, { signal, onDone }) {
  // ok: forward-abort-signal -- passed on
  const request = https.get(url, { signal, timeout: 3000 }, (response) => onDone(response));
  request.on('timeout', () => request.destroy());
}

export function remove(url, signal, onDone) {
  signal.throwIfAborted();
  // expect: forward-abort-signal/notForwarded
  const request = https.request(url, { method: 'DELETE', timeout: 3000 }, (response) => onDone(response));
  request.on('timeout', () => request.destroy());
  request.end();
}

export async function rollback(url, ids, { signal }) {
  const done = [];
  try {
    for (const id of ids) {
      await fetch(`${url}/${id}`, { method: 'PUT', signal });
      done.push(id);
    }
  } catch (error) {
    // ok: forward-abort-signal -- undoing goes on
    await Promise.allSettled(
      done.map((id) => fetch(`${url}/${id}`, { method: 'DELETE', signal: AbortSignal.timeout(2000) })),
    );
    throw error;
  }
}

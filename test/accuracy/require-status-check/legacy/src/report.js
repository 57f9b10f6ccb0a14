const base = 'https://reports.test';

function check(response) {
  if (response.status === 404) return null;
  if (response.status >= 400) throw new Error(`status ${response.status}`);
  return response;
}

export async function daily(day) {
  // expect: require-status-check/unchecked
  const res = await fetch(`${base}/daily/${day}`);
  const data = await res.json();
  return data.rows.map((row) => row.total);
}

export async function weekly(week) {
  // ok: require-status-check -- a function of this file checks
  const res = check(await fetch(`${base}/weekly/${week}`));
  return res ? res.json() : [];
}

export function monthly(month) {
  // expect: require-status-check/unchecked
  return fetch(`${base}/monthly/${month}`)
    .then(function (res) {
      return res.text();
    })
    .then((text) => text.split('\n'));
}

export async function token(code) {
  // expect: require-status-check/unchecked
  const { access_token } = await (await fetch(`${base}/token`, { method: 'POST', body: code })).json();
  return access_token;
}

export async function metrics(sink) {
  // ok: require-status-check -- the status is what is asked for
  const res = await fetch(`${base}/metrics`);
  sink({ up: res.ok, text: await res.text() });
}

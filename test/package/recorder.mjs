/** The hooks of register-recorder.mjs; Node runs them in a thread of their own. */
import { appendFileSync } from 'node:fs';

/** @type {string} */
let file;

/** @param {string} data */
export function initialize(data) {
  file = data;
}

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  appendFileSync(file, `${resolved.url}\n`);
  return resolved;
}

/** Who aborts a controller, as a call that uses its signal sees it. */
import { describe, expect, test } from 'vitest';
import { controllerUse } from '../../src/analysis/controllers.js';
import { find, openText, show } from './support.js';

/** The controller whose signal `fetch` gets in the file. */
function used(code: string): string {
  const { module, evaluator } = openText(code);
  const call = find(module, 'CallExpression', (_, text) => text.startsWith('fetch('));
  const options = evaluator.evaluate(call.arguments[1]!, module);
  const signal = evaluator.property(options, 'signal', null);
  if (signal.kind !== 'controller-signal') return signal.kind;
  const { armed, aborted, escapes } = controllerUse(evaluator, signal.controller, call);
  return [
    ...armed.map(({ ms, certain }) => `${certain ? 'armed' : 'maybe armed'} ${show(ms)}`),
    ...(aborted.length > 0 ? ['aborted'] : []),
    ...(escapes ? ['escapes'] : []),
  ].join(', ');
}

const fetching = 'void fetch(url, { signal: controller.signal });';
const made = 'const controller = new AbortController();';

describe('in a function', () => {
  test.each([
    ['setTimeout(() => controller.abort(), 500);', 'armed 500'],
    ['setTimeout(() => { controller.abort(); }, 500);', 'armed 500'],
    ['setTimeout(function () { controller.abort(new Error("late")); }, 500);', 'armed 500'],
    ['setTimeout(controller.abort.bind(controller), 500);', 'armed 500'],
    ['const late = () => controller.abort(); setTimeout(late, 500);', 'armed 500'],
    ['function late() { controller.abort(); } setTimeout(late, 500);', 'armed 500'],
    ['globalThis.setTimeout(() => controller.abort(), 500);', 'armed 500'],
    ['const timer = setTimeout(() => controller.abort(), 500); timer.unref();', 'armed 500'],
    ['setTimeout(() => controller.abort());', 'armed 0'],
    ['const ms = 2 * 500; setTimeout(() => controller.abort(), ms);', 'armed 1000'],
    ['if (patient) setTimeout(() => controller.abort(), 500);', 'maybe armed 500'],
    ['setInterval(() => {}, 500);', ''],
    ['process.on("SIGTERM", () => controller.abort());', 'aborted'],
    ['stop.addEventListener("click", () => controller.abort());', 'aborted'],
    ['keep(controller);', 'escapes'],
    ['kept.push(controller);', 'escapes'],
    ['if (controller.signal.aborted) return;', ''],
    ['', ''],
  ])('%s', (code, expected) => {
    expect(
      used(`declare const patient: boolean; declare const stop: EventTarget; declare const keep: (c: unknown) => void;
declare const kept: unknown[];
export function read(url: string) { ${made} ${code} ${fetching} }`),
    ).toBe(expected);
  });
});

test('a timer of node:timers', () => {
  expect(
    used(`import { setTimeout as later } from 'node:timers';
export function read(url: string) { ${made} later(() => controller.abort(), 5); ${fetching} }`),
  ).toBe('armed 5');
});

test('a function of the file that is called setTimeout is no timer', () => {
  expect(
    used(`const setTimeout = (run: () => void, ms: number) => [run, ms];
export function read(url: string) { ${made} setTimeout(() => controller.abort(), 5); ${fetching} }`),
  ).toBe('aborted');
});

test('a controller in a field', () => {
  expect(
    used(`export class Api {
  private controller = new AbortController();
  stop() { this.controller.abort(); }
  read(url: string) { void fetch(url, { signal: this.controller.signal }); }
}`),
  ).toBe('aborted');
});

test('a private field that a timer aborts', () => {
  expect(
    used(`export class Api {
  #controller = new AbortController();
  read(url: string) { setTimeout(() => this.#controller.abort(), 5); void fetch(url, { signal: this.#controller.signal }); }
}`),
  ).toBe('armed 5');
});

test('a controller made by a helper, armed there', () => {
  expect(
    used(`function limit(ms: number) { const controller = new AbortController(); setTimeout(() => controller.abort(), ms); return controller.signal; }
export function read(url: string) { void fetch(url, { signal: limit(7) }); }`),
  ).toContain('armed 7');
});

test('a controller whose signal is taken out of it', () => {
  expect(
    used(
      `export function read(url: string) { ${made} const { signal } = controller; setTimeout(() => controller.abort(), 5); void fetch(url, { signal }); }`,
    ),
  ).toBe('armed 5');
});

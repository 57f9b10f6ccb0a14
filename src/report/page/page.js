/**
 * What the page does: filters, the keyboard in the picture, opening what a link leads to, and the arithmetic of uptimes. The page is
 * complete without it; everything that it shows is in the document already.
 */

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {ParentNode} [root]
 * @returns {T[]}
 */
const all = (selector, type, root = document) =>
  /** @type {T[]} */ ([...root.querySelectorAll(selector)].filter((one) => one instanceof type));

/** @param {Element} element @param {string} name */
const data = (element, name) => element.getAttribute(`data-${name}`) ?? '';

// Filters

const form = document.querySelector('.bar form');
const rows = all('.downstream', HTMLDetailsElement);
const nodes = all('.node', SVGElement);
const edges = all('.edge', SVGElement);
const findings = all('.finding', HTMLElement);

function filter() {
  if (!(form instanceof HTMLFormElement)) return;
  const values = new FormData(form);
  const text = String(values.get('text') ?? '')
    .trim()
    .toLowerCase();
  const family = String(values.get('family') ?? '');
  const service = String(values.get('service') ?? '');
  const protections = new Set(values.getAll('protection'));
  const shown = new Set();
  for (const row of rows) {
    const matches =
      protections.has(data(row, 'protection')) &&
      (family === '' || data(row, 'family') === family) &&
      (service === '' || data(row, 'services').split('\n').includes(service)) &&
      data(row, 'search').includes(text);
    row.hidden = !matches;
    if (matches) shown.add(data(row, 'slug'));
  }
  for (const one of [...nodes, ...edges]) one.classList.toggle('dim', !shown.has(data(one, 'slug')));
  for (const node of nodes) node.setAttribute('aria-hidden', String(!shown.has(data(node, 'slug'))));
  for (const finding of findings) {
    const about = data(finding, 'slug');
    finding.hidden = about === '' ? shown.size < rows.length : !shown.has(about);
  }
  const output = form.querySelector('output');
  if (output) output.textContent = shown.size === rows.length ? '' : `${shown.size} of ${rows.length} shown`;
  rove();
}

form?.addEventListener('input', filter);
form?.addEventListener('submit', (event) => event.preventDefault());
form?.addEventListener('reset', () => setTimeout(filter));

// The picture: one stop of the tab key, arrows from there

const visible = () => nodes.filter((node) => !node.classList.contains('dim'));

/** @param {SVGElement} [to] */
function rove(to) {
  const [first] = visible();
  const current = to ?? visible().find((node) => node.getAttribute('tabindex') === '0') ?? first;
  for (const node of nodes) node.setAttribute('tabindex', node === current ? '0' : '-1');
}

/** @type {Readonly<Record<string, number>>} */
const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

for (const node of nodes) {
  const light = (/** @type {boolean} */ on) => {
    for (const edge of edges) if (data(edge, 'slug') === data(node, 'slug')) edge.classList.toggle('lit', on);
  };
  for (const name of ['mouseenter', 'focus']) node.addEventListener(name, () => light(true));
  for (const name of ['mouseleave', 'blur']) node.addEventListener(name, () => light(false));
  node.addEventListener('keydown', (event) => {
    const around = visible();
    const step = steps[event.key];
    const next =
      event.key === 'Home'
        ? around[0]
        : event.key === 'End'
          ? around.at(-1)
          : step === undefined
            ? undefined
            : around.at((around.indexOf(node) + step) % around.length);
    if (!next) return;
    event.preventDefault();
    rove(next);
    next.focus();
  });
}

// Links open what they lead to

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(target instanceof HTMLDetailsElement)) return;
  if (target.hidden && form instanceof HTMLFormElement) {
    form.reset();
    filter();
  }
  target.open = true;
  target.querySelector('summary')?.focus({ preventScroll: true });
  target.scrollIntoView();
}

addEventListener('hashchange', openTarget);
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  // A second click on the same link changes no address.
  if (link && link.getAttribute('href') === location.hash) openTarget();
});

// On paper everything is open

/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener('beforeprint', () => {
  opened = all('.downstream, .more, .proof', HTMLDetailsElement).filter((one) => !one.open);
  for (const one of opened) one.open = true;
});
addEventListener('afterprint', () => {
  for (const one of opened) one.open = false;
});

// Uptimes

const overall = document.querySelector('#uptime');
const single = new Map(all('[data-uptime]', HTMLInputElement).map((input) => [data(input, 'uptime'), input]));

/** @param {Element | null | undefined} input */
function percent(input) {
  if (!(input instanceof HTMLInputElement) || input.value.trim() === '') return null;
  const value = Number(input.value);
  return Number.isFinite(value) && value >= 0 && value <= 100 ? value / 100 : null;
}

/** @param {number} uptime */
function downtime(uptime) {
  const minutes = (1 - uptime) * 30 * 24 * 60;
  if (minutes < 1) return `${Math.round(minutes * 60)} s`;
  return minutes < 120 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}

function availability() {
  const common = percent(overall) ?? 0.999;
  for (const cell of all('[data-needs]', HTMLElement)) {
    const slugs = data(cell, 'needs').split(' ').filter(Boolean);
    const uptime = slugs.reduce((product, slug) => product * (percent(single.get(slug)) ?? common), 1);
    const [value, lost] = [cell.querySelector('b'), cell.querySelector('small')];
    if (value) value.textContent = `${(uptime * 100).toFixed(2)} %`;
    if (lost) lost.textContent = `down ${downtime(uptime)} a month`;
  }
}

for (const input of [overall, ...single.values()]) input?.addEventListener('input', availability);

filter();
availability();
openTarget();

/**
 * The picture: the services in the middle, their downstreams around them, coloured by protection and sized by call sites. A plain
 * radial layout, worked out here: the page needs no library, and the same inventory gives the same picture.
 */
import { escapeHtml } from '../project/escape.js';
import { compareText } from '../project/paths.js';
import { protections, type Downstream, type Inventory, type Service } from './inventory.js';
import { count, protectionNames } from './words.js';

/** Up to so many, labels lie flat and the ring is wide; more stand along their spokes. */
const maxFlat = 14;
const labelLength = 30;
const families = ['http', 'rpc', 'sdk', 'store', 'queue', 'policy'];

interface Placed {
  readonly downstream: Downstream;
  readonly angle: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** The picture as SVG. */
export function renderGraph({ downstreams, services, calls }: Inventory): string {
  const used = services.filter(({ name }) => downstreams.some((one) => one.services.includes(name)));
  const flat = downstreams.length <= maxFlat && used.length <= 1;
  const centres = placeServices(used);
  const most = Math.max(1, ...downstreams.map((one) => one.calls.length));
  const spacing = flat ? 60 : 19;
  const ring = Math.max(
    flat ? 190 : 210,
    (downstreams.length * spacing) / (2 * Math.PI),
    innerRadius(used.length) + 130,
  );
  const wide = flat ? 1.7 : 1;
  const maxRadius = flat ? 24 : Math.min(14, Math.max(8.5, (ring * Math.PI) / downstreams.length));
  const ordered = order(downstreams, centres);
  const placed = ordered.map((downstream, index): Placed => {
    const angle = angleOf(index, ordered.length);
    return {
      downstream,
      angle,
      x: Math.cos(angle) * ring * wide,
      y: Math.sin(angle) * ring,
      r: (flat ? 9 : 4.5) + (maxRadius - (flat ? 9 : 4.5)) * Math.sqrt(downstream.calls.length / most),
    };
  });
  const longest = Math.max(8, ...downstreams.map(({ name }) => Math.min(labelLength, name.length)));
  const margin = longest * 7.1 + maxRadius + 16;
  const halfWidth = flat ? ring * wide + margin : ring + margin;
  const halfHeight = flat ? ring + maxRadius + 26 : ring + margin;
  const box = [-halfWidth, -halfHeight, 2 * halfWidth, 2 * halfHeight].map(n).join(' ');
  const edges = placed.flatMap((one) =>
    centres
      .filter(({ service }) => one.downstream.services.includes(service.name))
      .map((centre) => edge(one, centre, most, calls, used.length)),
  );
  const title = `${count(downstreams.length, 'downstream')} of ${used.length === 1 ? (used[0]?.name ?? '') : count(used.length, 'service')}`;
  return `<svg class="graph${flat ? ' flat' : ''}" viewBox="${box}" role="group" aria-label="${escapeHtml(title)}" preserveAspectRatio="xMidYMid meet">
<g class="edges" aria-hidden="true">${edges.join('')}</g>
<g class="centres" aria-hidden="true">${centres.map((centre) => serviceNode(centre, used.length)).join('')}</g>
<g class="nodes">${placed.map((one) => node(one, flat)).join('')}</g>
</svg>`;
}

/** From the top, clockwise; half a step on, so that no label stands right above or below. */
const angleOf = (index: number, total: number): number =>
  (2 * Math.PI * (index + 0.5)) / Math.max(1, total) - Math.PI / 2;

interface Centre {
  readonly service: Service;
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

const innerRadius = (services: number): number => (services <= 1 ? 0 : Math.max(70, (services * 34) / (2 * Math.PI)));

function placeServices(services: readonly Service[]): readonly Centre[] {
  const radius = innerRadius(services.length);
  return services.map((service, index) => {
    const angle = angleOf(index, services.length);
    return { service, x: Math.cos(angle) * radius, y: Math.sin(angle) * radius, angle };
  });
}

/** Beside those that are alike: near their services, then by family, then by protection. */
function order(downstreams: readonly Downstream[], centres: readonly Centre[]): readonly Downstream[] {
  const nearest = (downstream: Downstream): number => {
    if (centres.length <= 1) return 0;
    const own = centres.filter(({ service }) => downstream.services.includes(service.name));
    const angle = Math.atan2(sum(own.map(({ y }) => y)), sum(own.map(({ x }) => x)));
    return Math.round((((angle + 2.5 * Math.PI) % (2 * Math.PI)) / (2 * Math.PI)) * 1000);
  };
  return [...downstreams].sort(
    (a, b) =>
      nearest(a) - nearest(b) ||
      families.indexOf(a.family) - families.indexOf(b.family) ||
      protections.indexOf(a.protection) - protections.indexOf(b.protection) ||
      compareText(a.name, b.name),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function edge(
  { downstream, x, y, r, angle }: Placed,
  centre: Centre,
  most: number,
  calls: Inventory['calls'],
  services: number,
): string {
  const own = calls.filter(
    ({ id, service }) => service === centre.service.name && downstream.calls.includes(id),
  ).length;
  const width = 1.2 + 2.8 * Math.sqrt(own / most);
  const [toX, toY] = [x - Math.cos(angle) * r, y - Math.sin(angle) * r];
  // A slight bend; from one of several services by way of the middle.
  const bend =
    services === 1 ? { x: toX * 0.5 - toY * 0.06, y: toY * 0.5 + toX * 0.06 } : { x: toX * 0.45, y: toY * 0.45 };
  const optional = downstream.onPathOf.length === 0 ? ' optional' : '';
  return `<path class="edge p-${downstream.protection}${optional}" data-slug="${escapeHtml(downstream.slug)}" stroke-width="${n(width)}" d="M${n(centre.x)} ${n(centre.y)}Q${n(bend.x)} ${n(bend.y)} ${n(toX)} ${n(toY)}"/>`;
}

function serviceNode({ service, x, y, angle }: Centre, services: number): string {
  const name = escapeHtml(shorten(service.name, services === 1 ? 22 : 16));
  if (services === 1) {
    return `<g class="service"><circle r="46"/><text class="service-name" text-anchor="middle" y="66">${name}</text><path class="glyph" d="M-15 -13h30v10h-30zM-15 3h30v10h-30zM-10 -8h.01M-10 8h.01"/></g>`;
  }
  const right = Math.cos(angle) >= 0;
  return `<g class="service"><circle cx="${n(x)}" cy="${n(y)}" r="9"/><text x="${n(x + (right ? 13 : -13))}" y="${n(y + 4)}" text-anchor="${right ? 'start' : 'end'}">${name}</text></g>`;
}

function node({ downstream, angle, x, y, r }: Placed, flat: boolean): string {
  const { name, slug, protection, calls, family } = downstream;
  const said = `${name}: ${protectionNames[protection].toLowerCase()}, ${count(calls.length, 'call')}`;
  return `<a class="node p-${protection}" href="#d-${escapeHtml(slug)}" data-slug="${escapeHtml(slug)}" data-family="${family}" aria-label="${escapeHtml(said)}"><title>${escapeHtml(said)}</title>${shape(downstream, x, y, r)}${label(name, x, y, r, angle, flat)}</a>`;
}

/** Colour is not the only sign: a ring says guarded, a dashed one unknown, a hole exposed. */
function shape({ protection }: Downstream, x: number, y: number, r: number): string {
  const circle = (radius: number, className: string): string =>
    `<circle class="${className}" cx="${n(x)}" cy="${n(y)}" r="${n(radius)}"/>`;
  const halo = circle(r + 5, 'halo');
  switch (protection) {
    case 'guarded':
      return `${halo}${circle(r, 'ring')}${circle(Math.max(2, r - 3.5), 'dot')}`;
    case 'unknown':
      return `${halo}${circle(r, 'dashed')}`;
    case 'exposed':
      return `${halo}${circle(r, 'dot')}${circle(Math.max(1.4, r * 0.34), 'hole')}`;
    case 'at-risk':
      return `${halo}${circle(r, 'dot')}<path class="hole" d="M${n(x - r)} ${n(y)}A${n(r)} ${n(r)} 0 0 0 ${n(x + r)} ${n(y)}Z"/>${circle(r, 'outline')}`;
    case 'bounded':
      return `${halo}${circle(r, 'dot')}`;
  }
}

function label(name: string, x: number, y: number, r: number, angle: number, flat: boolean): string {
  const text = escapeHtml(shorten(name, labelLength));
  const right = Math.cos(angle) >= 0;
  if (flat) {
    const steep = Math.abs(Math.cos(angle)) < 0.2;
    if (steep) {
      const below = Math.sin(angle) > 0 ? r + 18 : -(r + 9);
      return `<text x="${n(x)}" y="${n(y + below)}" text-anchor="middle">${text}</text>`;
    }
    return `<text x="${n(x + (right ? r + 8 : -(r + 8)))}" y="${n(y + 4.5)}" text-anchor="${right ? 'start' : 'end'}">${text}</text>`;
  }
  const degrees = (angle * 180) / Math.PI + (right ? 0 : 180);
  return `<text transform="translate(${n(x)} ${n(y)})rotate(${n(degrees)})" x="${n(right ? r + 6 : -(r + 6))}" y="4" text-anchor="${right ? 'start' : 'end'}">${text}</text>`;
}

/** In the middle, since names often differ at their ends. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.ceil((length - 1) * 0.6);
  return `${text.slice(0, head)}…${text.slice(text.length - (length - 1 - head))}`;
}

const n = (number: number): string => String(Math.round(number * 10) / 10);

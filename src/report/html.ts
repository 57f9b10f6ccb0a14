/**
 * The inventory as one page that needs nothing else: no network, no server. Everything from scanned code goes through `escapeHtml`; the
 * page's own policy lets only its one script and its one style take effect, by their hashes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { escapeHtml } from '../project/escape.js';
import { renderGraph } from './graph.js';
import {
  practices,
  protections,
  type CallSite,
  type Downstream,
  type EntryPoint,
  type Evidence,
  type Inventory,
  type Practice,
  type PracticeName,
  type Protection,
  type RankedFinding,
} from './inventory.js';
import {
  answerNames,
  attemptsText,
  count,
  practiceNames,
  protectionNames,
  protectionTexts,
  worstText,
} from './words.js';

const asset = (name: string): string => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8').trim();
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const firstFindings = 8;
const defaultUptime = 99.9;

/** Writes the page. */
export function renderHtml(inventory: Inventory): string {
  const [style, script] = [asset('page.css'), asset('page.js')];
  const policy = `default-src 'none'; img-src data:; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  const title = titleOf(inventory);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}: downstreams</title>
<style>${style}</style>
</head>
<body>
<header class="top">
<p class="kicker">Downstreams of</p>
<h1>${title}</h1>
<p class="lead">${lead(inventory)}</p>
${trouble(inventory)}
</header>
${inventory.downstreams.length === 0 ? '' : filters(inventory)}
<main>
${inventory.downstreams.length === 0 ? '' : contents(inventory)}
</main>
<footer>
<p>Made by eslint-plugin-resilience ${escapeHtml(inventory.tool.version)} from ${count(inventory.files.length, 'file')}, ${inventory.files.filter(({ types }) => types).length} of them with types. What it cannot tell is unknown: it guesses nothing. No code was run.</p>
</footer>
<script type="module">${script}</script>
</body>
</html>
`;
}

function titleOf({ services }: Inventory): string {
  const [first, ...others] = services;
  if (!first) return 'this code';
  return escapeHtml(others.length === 0 ? first.name : `${services.length} packages`);
}

function lead({ summary, entryPoints }: Inventory): string {
  if (summary.downstreams === 0) return 'No call over the network was found in it.';
  const { exposed, 'at-risk': risky } = summary.byProtection;
  const begin = `It calls ${count(summary.downstreams, 'downstream')} from ${count(summary.calls, 'place')}.`;
  const endless = entryPoints.filter(({ worst }) => worst.ms === 'never').length;
  const middle =
    exposed === 0
      ? 'Each call that could be judged ends by itself.'
      : `<strong>${exposed === 1 ? 'One of them' : `${exposed} of them`} can keep it waiting without a limit that somebody chose.</strong>`;
  const risk =
    risky === 0 ? '' : ` ${risky === 1 ? 'One more is' : `${risky} more are`} retried in a way that goes wrong.`;
  const last =
    endless === 0 ? '' : ` ${endless === 1 ? 'One entry point' : `${endless} entry points`} may never answer.`;
  return `${begin} ${middle}${risk}${last}`;
}

function trouble({ problems, skipped }: Inventory): string {
  const parts = [
    ...problems.map(({ path, line, message }) => `${path}${line === null ? '' : `:${line}`}: ${message}`),
    ...skipped.map(({ path, reason }) => `${path}: skipped, ${reason}`),
  ];
  if (parts.length === 0) return '';
  return `<details class="trouble"><summary>${count(parts.length, 'file')} could not be looked at as a whole</summary><ul>${parts.map((part) => `<li>${escapeHtml(part)}</li>`).join('')}</ul></details>`;
}

function filters({ downstreams, services, summary }: Inventory): string {
  const families = [...new Set(downstreams.map(({ family }) => family))].sort();
  const select = (name: string, label: string, options: readonly string[]): string =>
    options.length < 2
      ? ''
      : `<select name="${name}" aria-label="${label}"><option value="">${label}: all</option>${options.map((option) => `<option>${escapeHtml(option)}</option>`).join('')}</select>`;
  const chips = protections
    .filter((protection) => summary.byProtection[protection] > 0)
    .map(
      (protection) =>
        `<label class="chip p-${protection}" title="${escapeHtml(protectionTexts[protection])}"><input type="checkbox" name="protection" value="${protection}" checked>${sign(protection)}${protectionNames[protection]} <b>${summary.byProtection[protection]}</b></label>`,
    );
  return `<div class="bar"><form role="search" aria-label="Filter downstreams">
<input type="search" name="text" placeholder="Filter by name, client or file" aria-label="Filter by name, client or file">
${chips.join('\n')}
${select('family', 'Kind', families)}
${select(
  'service',
  'Package',
  services.map(({ name }) => name),
)}
<output aria-live="polite"></output>
</form></div>`;
}

/** The sign of a protection, as the picture has it. */
function sign(protection: Protection): string {
  const inner = {
    exposed: '<circle class="dot" cx="7" cy="7" r="6"/><circle class="hole" cx="7" cy="7" r="2.2"/>',
    'at-risk':
      '<circle class="dot" cx="7" cy="7" r="6"/><path class="hole" d="M1 7A6 6 0 0 0 13 7Z"/><circle class="outline" cx="7" cy="7" r="6"/>',
    unknown: '<circle class="dashed" cx="7" cy="7" r="6"/>',
    bounded: '<circle class="dot" cx="7" cy="7" r="6"/>',
    guarded: '<circle class="ring" cx="7" cy="7" r="6"/><circle class="dot" cx="7" cy="7" r="3"/>',
  }[protection];
  return `<svg class="sign p-${protection}" viewBox="0 0 14 14" aria-hidden="true">${inner}</svg>`;
}

function contents(inventory: Inventory): string {
  return `<section aria-labelledby="picture-title">
<h2 id="picture-title" class="sr">The picture</h2>
<figure class="picture">${renderGraph(inventory)}
<figcaption>Colour and sign: protection. Size: number of calls. A dotted line: no entry point needs it to answer. Arrow keys move from one to the next, Enter shows it.</figcaption></figure>
</section>
${todo(inventory)}
${matrix(inventory)}
${costs(inventory)}`;
}

// What to do first

function todo({ findings, downstreams }: Inventory): string {
  if (findings.length === 0) return '';
  const slugs = new Map(downstreams.map(({ name, slug }) => [name, slug]));
  const items = findings.map((finding, index) => findingItem(finding, slugs, index === 0));
  const rest = items.slice(firstFindings);
  const more =
    rest.length === 0
      ? ''
      : `<details class="more"><summary>${count(rest.length, 'more finding')}</summary><ol class="findings" start="${firstFindings + 1}">${rest.join('')}</ol></details>`;
  return `<section aria-labelledby="todo">
<h2 id="todo">What to do first</h2>
<p class="note">By risk, then by what the team calls critical, then by how many entry points wait for it.</p>
<ol class="findings">${items.slice(0, firstFindings).join('')}</ol>
${more}
</section>`;
}

function findingItem(finding: RankedFinding, slugs: ReadonlyMap<string, string>, isOpen: boolean): string {
  const { about, risk, message, path, line, entryPoints, ruleId, docs, fix } = finding;
  const slug = about === null ? '' : (slugs.get(about) ?? '');
  const name =
    about === null ? '' : `<p class="about"><a href="#d-${escapeHtml(slug)}"><b>${escapeHtml(about)}</b></a></p>`;
  const waiting =
    entryPoints === 0 ? '' : ` · ${count(entryPoints, 'entry point')} ${entryPoints === 1 ? 'waits' : 'wait'} for it`;
  return `<li class="finding" data-slug="${escapeHtml(slug)}">
<span class="risk ${risk}">${risk}<span class="sr"> risk</span></span>
<div>${name}<p>${inline(message)}</p>
<p class="where">${escapeHtml(`${path}:${line}`)}${waiting} · <a href="${escapeHtml(docs)}" rel="noreferrer">${escapeHtml(ruleId)}</a></p>
${fix === null ? proof(finding, 'The code') : `<details class="proof"${isOpen ? ' open' : ''}><summary>${fix.automatic ? 'The fix: <code>resilience scan --fix</code> applies it' : `A fix to choose: ${inline(fix.description)}`}</summary>${diff(fix.before, fix.after)}</details>`}</div>
</li>`;
}

function diff(before: string, after: string): string {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  // What both begin and end with is shown once.
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const lines = [
    ...old.slice(0, start).map((line) => ['', ' ', line] as const),
    ...old.slice(start, old.length - end).map((line) => ['del', '−', line] as const),
    ...fresh.slice(start, fresh.length - end).map((line) => ['add', '+', line] as const),
    ...old.slice(old.length - end).map((line) => ['', ' ', line] as const),
  ];
  return `<pre tabindex="0">${lines.map(([name, mark, line]) => `<span${name === '' ? '' : ` class="${name}"`}><i>${mark}</i>${escapeHtml(line)}</span>`).join('')}</pre>`;
}

// Every downstream

const legend = [
  [{ answer: 'yes', wrong: false }, 'yes'],
  [{ answer: 'no', wrong: true }, 'no, and that is wrong'],
  [{ answer: 'no', wrong: false }, 'no'],
  [{ answer: 'unknown', wrong: false }, 'cannot be told'],
  [{ answer: 'not-needed', wrong: false }, 'not needed'],
] as const;

function matrix(inventory: Inventory): string {
  const calls = new Map(inventory.calls.map((call) => [call.id, call]));
  return `<section aria-labelledby="all">
<h2 id="all">Every downstream</h2>
<p class="legend">${legend
    .map(([given, text]) => `<span>${answer(given)} ${text}</span>`)
    .join('')}<span>Open one for the evidence.</span></p>
<div class="matrix">
<div class="head" aria-hidden="true"><span>Downstream</span><span>Calls</span>${practices.map((practice) => `<span>${practiceNames[practice]}</span>`).join('')}</div>
${inventory.downstreams
  .map((one) =>
    row(
      one,
      one.calls.flatMap((id) => calls.get(id) ?? []),
      inventory,
    ),
  )
  .join('\n')}
</div>
</section>`;
}

function row(downstream: Downstream, calls: readonly CallSite[], { entryPoints, services }: Inventory): string {
  const { name, slug, protection, family, clients, critical } = downstream;
  const search = [name, ...clients, ...downstream.services, ...calls.map(({ path }) => path)].join(' ').toLowerCase();
  const waiting = entryPoints.filter(({ id }) => downstream.onPathOf.includes(id));
  const facts = [
    `${protectionNames[protection]}: ${protectionTexts[protection]}.`,
    critical === null ? '' : critical ? 'Critical, as the settings say.' : 'Not critical, as the settings say.',
    waiting.length === 0
      ? 'No entry point is known to fail with it.'
      : `${waiting
          .slice(0, 6)
          .map((entry) => entry.name)
          .join(
            ', ',
          )}${waiting.length > 6 ? `, and ${waiting.length - 6} more` : ''} ${waiting.length === 1 ? 'fails' : 'fail'} with it.`,
    services.length > 1 ? `Called by ${downstream.services.join(', ')}.` : '',
  ].filter(Boolean);
  return `<details class="downstream" id="d-${escapeHtml(slug)}" data-slug="${escapeHtml(slug)}" data-protection="${protection}" data-family="${family}" data-services="${escapeHtml(downstream.services.join('\n'))}" data-search="${escapeHtml(search)}">
<summary class="row"><span class="name">${sign(protection)}<span><b>${escapeHtml(name)}</b><br><small>${escapeHtml(clients.join(', '))}${critical === true ? ' · critical' : ''}</small><span class="sr">, ${protectionNames[protection]}</span></span></span><span class="calls">${calls.length}<span class="sr"> calls</span></span>${practices.map((practice) => cell(practice, downstream.practices[practice])).join('')}</summary>
<div class="body"><div>
<p>${facts.map((fact) => escapeHtml(fact)).join(' ')}</p>
<h3>Practices</h3>
<div class="practices">${practices.map((practice) => practiceItem(practice, downstream.practices[practice])).join('')}</div>
</div><div>
<h3>${count(calls.length, 'call')}</h3>
${calls.map(site).join('')}
</div></div>
</details>`;
}

const glyphs = { yes: '✓', no: '–', unknown: '?', 'not-needed': '·' } as const;

function answer({ answer: given, wrong }: Pick<Practice, 'answer' | 'wrong'>): string {
  return `<span class="answer ${wrong ? 'wrong' : given}" aria-hidden="true">${wrong ? '✕' : glyphs[given]}</span>`;
}

function cell(practice: PracticeName, value: Practice): string {
  const said = `${practiceNames[practice]}: ${answerNames[value.answer]}${value.text === '' ? '' : `, ${value.text.replaceAll('`', '')}`}`;
  return `<span class="cell" title="${escapeHtml(said)}">${answer(value)}<span class="sr">, ${escapeHtml(said)}</span></span>`;
}

function practiceItem(practice: PracticeName, value: Practice): string {
  return `<div class="practice">${answer(value)}<p><b>${practiceNames[practice]}</b>: <span class="sr">${answerNames[value.answer]}, </span>${inline(value.text === '' ? answerNames[value.answer] : value.text)}</p>${value.evidence.map((one) => proof(one)).join('')}</div>`;
}

function site(call: CallSite): string {
  const { path, line, method, operation, effect, client, through } = call;
  const did = method ?? (operation === '()' ? client : operation);
  const facts = (['timeout', 'retry', 'idempotency', 'guard', 'bulkhead', 'fallback'] as const)
    .filter((practice) => call[practice].answer !== 'not-needed')
    .map((practice) => `<li>${practiceNames[practice]}: ${inline(call[practice].text)}</li>`);
  const effects = {
    read: 'a read',
    'idempotent-write': 'a write that may be repeated',
    'non-idempotent-write': 'a write that must not be repeated',
    unknown: 'effect not known',
  };
  return `<details class="site proof"><summary><b>${escapeHtml(did)}</b> <span class="at">${escapeHtml(`${path}:${line}`)} · ${effects[effect]}${through ? ' · through a wrapper' : ''}</span></summary>
${code(call)}${through ? `<p class="at">which calls ${escapeHtml(client)} at ${escapeHtml(`${through.path}:${through.line}`)}</p>${code(through)}` : ''}
<ul class="facts">${facts.join('')}</ul></details>`;
}

function proof(evidence: Evidence, label?: string): string {
  return `<details class="proof"><summary>${label === undefined ? escapeHtml(`${evidence.path}:${evidence.line}`) : escapeHtml(label)}</summary>${code(evidence)}</details>`;
}

function code({ code: text, firstLine, line }: Evidence): string {
  const lines = text.split('\n').map((one, index) => {
    const number = firstLine + index;
    return `<span${number === line ? ' class="mark"' : ''}><i>${number}</i>${escapeHtml(one)}</span>`;
  });
  return `<pre tabindex="0">${lines.join('')}</pre>`;
}

// What it costs

function costs({ entryPoints, downstreams, calls }: Inventory): string {
  if (entryPoints.length === 0) return '';
  const byName = new Map(downstreams.map((one) => [one.name, one]));
  const sites = new Map(calls.map((call) => [call.id, call]));
  const needed = downstreams.filter(({ onPathOf }) => onPathOf.length > 0);
  return `<section aria-labelledby="costs">
<h2 id="costs">What it costs</h2>
<p class="note">When everything on the way answers as late as it may, and every attempt is used up. What an entry point cannot do without must all be up at once: ten downstreams at 99.9&nbsp;% are together up for 99.0&nbsp;% of the time.</p>
<div class="uptime"><label for="uptime">Each downstream is up</label><span><input id="uptime" type="number" min="0" max="100" step="any" value="${defaultUptime}"> % of the time</span></div>
<details class="proof"><summary>The uptime of single downstreams</summary><div class="each">${needed
    .map(
      ({ name, slug }) =>
        `<label><span>${escapeHtml(name)}</span><input type="number" min="0" max="100" step="any" placeholder="${defaultUptime}" data-uptime="${escapeHtml(slug)}"></label>`,
    )
    .join('')}</div></details>
<div class="scroll"><table class="costs">
<thead><tr><th scope="col">Entry point</th><th scope="col">Longest wait</th><th scope="col">Requests</th><th scope="col">Up at most</th><th scope="col">Cannot do without</th></tr></thead>
<tbody>${entryPoints.map((entry) => costRow(entry, byName, sites)).join('\n')}</tbody>
</table></div>
</section>`;
}

function costRow(
  entry: EntryPoint,
  downstreams: ReadonlyMap<string, Downstream>,
  sites: ReadonlyMap<string, CallSite>,
): string {
  const { name, path, line, worst, critical, optional, steps } = entry;
  const link = (one: string): string =>
    `<a href="#d-${escapeHtml(downstreams.get(one)?.slug ?? '')}">${escapeHtml(one)}</a>`;
  const slugs = critical.flatMap((one) => downstreams.get(one)?.slug ?? []);
  const uptime = (defaultUptime / 100) ** critical.length;
  const rest =
    worst.ms === 'never' && worst.limitedMs !== null
      ? `<small>without what never ends: ${worstText({ ...worst, ms: worst.limitedMs })}</small>`
      : '';
  const way = steps
    .flatMap(({ call, by }) => {
      const found = sites.get(call);
      return found
        ? [
            `<li>${escapeHtml(found.downstream ?? `${found.client} in ${found.origin}`)} <span class="by">${escapeHtml([...by, `${found.path}:${found.line}`].join(' → '))}</span></li>`,
          ]
        : [];
    })
    .join('');
  return `<tr><td><b>${escapeHtml(name)}</b><small>${escapeHtml(`${path}:${line}`)}</small><details class="proof"><summary>The way</summary><ol class="path">${way}</ol></details></td>
<td class="number"><b${worst.ms === 'never' ? ' class="never"' : ''}>${worstText(worst)}</b>${rest}</td>
<td class="number">${attemptsText(worst)}</td>
<td class="number" data-needs="${escapeHtml(slugs.join(' '))}"><b>${(uptime * 100).toFixed(2)} %</b><small></small></td>
<td>${critical.length === 0 ? 'nothing' : critical.map(link).join(', ')}${optional.length === 0 ? '' : `<small>can do without ${optional.map(link).join(', ')}</small>`}</td></tr>`;
}

/** Text with `code` between backticks. */
function inline(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return escapeHtml(text);
  return parts.map((part, index) => (index % 2 === 0 ? escapeHtml(part) : `<code>${escapeHtml(part)}</code>`)).join('');
}

/** The module of budgets: how long each downstream may take, in one place. */
import path from 'node:path';
import { inSettings } from '../analysis/naming.js';
import { matchesPattern, type Settings } from '../settings.js';
import type { Package } from './codemod.js';
import type { Entry } from './editor.js';
import { budgetOf, latencyOf } from './latencies.js';
import { formOf, identifierOf, nameOfFile, placeOf } from './modules.js';

/** What a budget is for. */
export interface BudgetRequest {
  readonly file: string;
  /** Its host or variable; `null`: it cannot be told. */
  readonly downstream: string | null;
  /** The library of the client. */
  readonly client: string;
  /** What is usual for the operation, ms. */
  readonly usualMs: number | null;
  /** The operation, where its usual duration differs from that of others. */
  readonly operation: string | null;
  /** What the code says already, ms. */
  readonly writtenMs: number | null;
  readonly settings: Settings;
}

/** What the exported object is called. */
export const budgetsName = 'budgets';

const guess = 'A guess: nobody has measured it yet';

/** The budgets of one package: those that its module has, and those that are added to it. */
export class Budgets {
  readonly file: string;
  readonly #target: Package;
  readonly #entries = new Map<string, Entry>();
  readonly #added = new Set<string>();
  readonly #unsaved = new Set<string>();
  /** Names of downstreams by their budget: two that would share an identifier must not share a budget. */
  readonly #owners = new Map<string, string>();

  constructor(target: Package) {
    this.#target = target;
    this.file = placeOf(target, target.settings.budgetsModule, 'budgets');
    for (const entry of this.#present() ?? []) {
      this.#entries.set(entry.name, entry);
      const owner = entry.comment?.split('. ', 1)[0];
      if (owner !== undefined && entry.comment !== owner) this.#owners.set(entry.name, owner);
    }
    this.#measure();
  }

  /** The name of the budget that a call or client has; `null`: it has none. */
  existing(request: BudgetRequest): string | null {
    const name = this.#nameFor(request);
    return this.#entries.has(name) ? name : null;
  }

  /** The name of the budget for a call or client, which is added where there is none. */
  nameOf(request: BudgetRequest): string {
    const name = this.#nameFor(request);
    this.#owners.set(name, shownAs(request));
    if (!this.#entries.has(name)) {
      this.#entries.set(name, { name, ...this.#valueOf(name, request) });
      this.#added.add(name);
      this.#unsaved.add(name);
    }
    return name;
  }

  #nameFor(request: BudgetRequest): string {
    const { settings, downstream, client, file } = request;
    const named = inSettings(settings, { client, downstream })?.name;
    const base = identifierOf(named ?? downstream ?? nameOfFile(file));
    const { operation } = request;
    const wanted = operation === null ? base : base + capital(operation);
    const owner = shownAs(request);
    // What the settings give one name is one downstream, whatever its hosts are.
    const isFree = (candidate: string): boolean =>
      named !== undefined || (this.#owners.get(candidate) ?? owner) === owner;
    return freeName(wanted, capital(identifierOf(client)), isFree);
  }

  /** Writes what has changed into the module, as far as the code uses it. */
  save(isUsed: (expression: string) => boolean): void {
    const names = [...this.#unsaved].filter((name) => !this.#added.has(name) || isUsed(`${budgetsName}.${name}`));
    if (names.length === 0) return;
    for (const name of names) this.#unsaved.delete(name);
    const empty =
      formOf(this.file) === 'commonjs'
        ? `${head}const budgets = {};\n\nmodule.exports = { budgets };\n`
        : `${head}export const budgets = {};\n`;
    const text = this.#target.read(this.file) ?? empty;
    const entries = names.flatMap((name) => this.#entries.get(name) ?? []);
    this.#target.write(this.file, this.#target.editor.setEntries(text, budgetsName, entries));
  }

  /** Says where the budgets are, and which of them are guesses. */
  tell(): void {
    const entries = this.#present() ?? [];
    if (entries.length === 0) return;
    const { directory } = this.#target.files;
    this.#target.note(`Budgets are in ${path.relative(directory, this.file).split(path.sep).join('/')}`);
    const guesses = entries.flatMap(({ name, comment }) => (comment?.includes(guess) === true ? [name] : []));
    if (guesses.length > 0) this.#target.note(`Budgets that are guesses, to be measured: ${guesses.join(', ')}`);
  }

  /** Takes out what was added and is not used after all. */
  prune(isUsed: (expression: string) => boolean): void {
    const unused = [...this.#added].filter((name) => !isUsed(`${budgetsName}.${name}`));
    const text = this.#target.read(this.file);
    if (text === null || unused.length === 0) return;
    for (const name of unused) this.#entries.delete(name);
    this.#target.write(this.file, this.#target.editor.setEntries(text, budgetsName, [], unused));
  }

  #present(): readonly Entry[] | null {
    const text = this.#target.read(this.file);
    return text === null ? null : this.#target.editor.entriesOf(text, budgetsName);
  }

  /** Sets the budgets that are there to what has been observed since. */
  #measure(): void {
    const { latencies } = this.#target.settings;
    const { maxTimeoutMs } = this.#target.settingsFor(this.file);
    for (const [name, entry] of this.#entries) {
      const known = entry.comment?.split(/[.:] /u, 1)[0] ?? '';
      const p99 = latencyOf(latencies, [name, known]);
      if (p99 === null) continue;
      const value = numberText(budgetOf(p99, maxTimeoutMs));
      const comment = commentOf(known === '' || known === guess ? name : known, observed(p99));
      if (value === entry.value && comment === entry.comment) continue;
      this.#entries.set(name, { name, value, comment });
      this.#unsaved.add(name);
    }
  }

  #valueOf(name: string, request: BudgetRequest): Pick<Entry, 'value' | 'comment'> {
    const { settings, downstream, client, usualMs, writtenMs } = request;
    const names = [downstream, client, name].filter((candidate) => candidate !== null);
    const shown = shownAs(request);
    const p99 = latencyOf(this.#target.settings.latencies, names);
    if (p99 !== null) {
      return { value: numberText(budgetOf(p99, settings.maxTimeoutMs)), comment: commentOf(shown, observed(p99)) };
    }
    const budget = settings.budgets.find(({ match }) => names.some((candidate) => matchesPattern(match, candidate)));
    if (budget) {
      return { value: numberText(budget.timeoutMs), comment: commentOf(shown, 'From resilience.config.json') };
    }
    if (writtenMs !== null) return { value: numberText(writtenMs), comment: commentOf(shown, 'As the code had it') };
    return { value: numberText(usualMs ?? settings.timeoutMs), comment: commentOf(shown, guess) };
  }
}

/** How the comment of a budget names what it is for. */
const shownAs = ({ downstream, client, file }: BudgetRequest): string =>
  downstream ?? `${client} in ${path.basename(file)}`;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The name, else the name with a suffix, else with a number. */
function freeName(wanted: string, suffix: string, isFree: (name: string) => boolean): string {
  if (isFree(wanted)) return wanted;
  for (let number = 1; ; number++) {
    const name = `${wanted}${suffix}${number === 1 ? '' : String(number)}`;
    if (isFree(name)) return name;
  }
}

const head = '/** How long each downstream may take, in milliseconds. */\n';

const observed = (p99: number): string => `Twice the p99 of ${String(p99)} ms that was observed`;

const commentOf = (downstream: string, origin: string): string => `${downstream.replaceAll('*/', '* /')}. ${origin}.`;

/** `5000`, `30_000`. */
function numberText(value: number): string {
  return value >= 10_000 && Number.isInteger(value)
    ? String(value).replaceAll(/\B(?=(?:\d{3})+$)/gu, '_')
    : String(value);
}

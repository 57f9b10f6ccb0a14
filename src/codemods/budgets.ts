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
  /** Names of downstreams by their budget: two that would share an identifier must not share a budget. */
  readonly #owners = new Map<string, string>();
  #dirty = false;

  constructor(target: Package) {
    this.#target = target;
    this.file = placeOf(target, target.settings.budgetsModule, 'budgets');
    for (const entry of this.#present() ?? []) this.#entries.set(entry.name, entry);
    this.#measure();
  }

  /** The name of the budget for a call or client, which is added where there is none. */
  nameOf(request: BudgetRequest): string {
    const { settings, downstream, client, file } = request;
    const owner = inSettings(settings, { client, downstream })?.name ?? downstream ?? nameOfFile(file);
    const base = identifierOf(owner);
    const operation = request.operation;
    const wanted = operation === null ? base : base + operation.charAt(0).toUpperCase() + operation.slice(1);
    let name = wanted;
    for (let number = 2; (this.#owners.get(name) ?? owner) !== owner; number++) name = `${wanted}${String(number)}`;
    this.#owners.set(name, owner);
    if (!this.#entries.has(name)) {
      this.#entries.set(name, { name, ...this.#valueOf(name, request) });
      this.#added.add(name);
      this.#dirty = true;
    }
    return name;
  }

  /** Writes the module, where something has changed in it. */
  save(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    const present = this.#target.read(this.file);
    const empty =
      formOf(this.file) === 'commonjs'
        ? `${head}const budgets = {};\n\nmodule.exports = { budgets };\n`
        : `${head}export const budgets = {};\n`;
    this.#target.write(
      this.file,
      this.#target.editor.setEntries(present ?? empty, budgetsName, [...this.#entries.values()]),
    );
    const guesses = [...this.#entries.values()].filter(({ comment }) => comment?.includes(guess) === true);
    if (guesses.length > 0) {
      this.#target.note(`Budgets that are guesses, to be measured: ${guesses.map(({ name }) => name).join(', ')}`);
    }
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
    for (const [name, entry] of this.#entries) {
      const known = entry.comment?.split(/[.:] /u, 1)[0] ?? '';
      const p99 = latencyOf(latencies, [name, known]);
      if (p99 === null) continue;
      const value = numberText(budgetOf(p99, longestMs));
      const comment = commentOf(known === '' || known === guess ? name : known, observed(p99));
      if (value === entry.value && comment === entry.comment) continue;
      this.#entries.set(name, { name, value, comment });
      this.#dirty = true;
    }
  }

  #valueOf(name: string, request: BudgetRequest): Pick<Entry, 'value' | 'comment'> {
    const { settings, downstream, client, usualMs, writtenMs } = request;
    const names = [downstream, client, name].filter((candidate) => candidate !== null);
    const shown = downstream ?? `${client} in ${path.basename(request.file)}`;
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

/** The most that a budget from an observation is, where no settings are at hand: ten minutes. */
const longestMs = 600_000;

const head = '/** How long each downstream may take, in milliseconds. */\n';

const observed = (p99: number): string => `Twice the p99 of ${String(p99)} ms that was observed`;

const commentOf = (downstream: string, origin: string): string => `${downstream.replaceAll('*/', '* /')}. ${origin}.`;

/** `5000`, `30_000`. */
function numberText(value: number): string {
  return value >= 10_000 && Number.isInteger(value)
    ? String(value).replaceAll(/\B(?=(?:\d{3})+$)/gu, '_')
    : String(value);
}

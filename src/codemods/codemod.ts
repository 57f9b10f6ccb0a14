/** What a codemod is: a look at one file after the other, which says what to change there and what is left to people. */
import type { OpenFile, PackageFiles } from '../project/open.js';
import type { Settings } from '../settings.js';
import type { Edit } from '../fixes/edits.js';
import type { Editor } from './editor.js';
import type { Latencies } from './latencies.js';

/** The codemods, in the order in which they run: each works on what the ones before it have written. */
export const codemodNames = ['timeouts', 'retries', 'concurrency', 'signals', 'policies'] as const;
export type CodemodName = (typeof codemodNames)[number];

/** Edits of one file; all of its edits are made, or none. */
export interface FileEdits {
  /** Absolute. */
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** One change: it is made whole, in all its files, or not at all. */
export interface Change extends FileEdits {
  /** Where it is about, 1-based, in the text that was looked at. */
  readonly line: number;
  /** What is written, for people: `timeout: budgets.payments`. */
  readonly what: string;
  /** Further files that it needs to change. */
  readonly also?: readonly FileEdits[];
  /** Imports of these names are taken out where nothing uses them any more. */
  readonly drops?: readonly string[];
}

/** Something that a codemod leaves to people. */
export interface Left {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** A clause that can follow the place: `the client takes no idempotency key`. */
  readonly why: string;
}

/** What a look at a file says. */
export interface Findings {
  readonly changes: readonly Change[];
  readonly left: readonly Left[];
}

/** A codemod at work on one package. */
export interface Run {
  /** Looks at a file as it is now. Called again after each round of changes, until there are none. */
  readonly visit: (file: OpenFile) => Findings;
  /** Called at the end of each round: writes what the changes of the round rely on, such as a module of budgets. */
  readonly finishRound?: () => void;
  /** Called in the end, when changes that do not compile have been taken back. */
  readonly settle?: () => void;
}

/** How the user wants it. */
export interface MigrateSettings {
  readonly latencies: Latencies | null;
  /** Where the budgets go, relative to the package. */
  readonly budgetsModule: string | null;
  /** Where the policies go, relative to the package. */
  readonly policiesModule: string | null;
  readonly library: 'cockatiel' | 'opossum';
}

/** The package that a codemod works on. */
export interface Package {
  readonly files: PackageFiles;
  readonly settings: MigrateSettings;
  readonly editor: Editor;
  /** What `resilience.config.json` says for a file. */
  readonly settingsFor: (file: string) => Settings;
  /** The text of a file as it is now; `null`: there is none. */
  readonly read: (file: string) => string | null;
  /** Writes a whole file. */
  readonly write: (file: string, text: string) => void;
  /** Makes sure that the package depends on another one. */
  readonly require: (name: string, range: string) => void;
  /** Tells people something about the whole package. */
  readonly note: (text: string) => void;
}

export interface Codemod {
  readonly name: CodemodName;
  /** One line for `--help`. */
  readonly summary: string;
  /** The rules whose disable comments it honours. */
  readonly rules: readonly string[];
  readonly begin: (target: Package) => Run;
}

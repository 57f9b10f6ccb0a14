/** Cheap looks at a file's text: whether it can hold anything of interest at all. */
import { interestingNames } from './libraries.js';

let network: RegExp | null = null;

/** The packages of the catalog where they are imported, and the platform's own clients. */
function networkPattern(): RegExp {
  if (network) return network;
  const { packages, globals } = interestingNames();
  const escape = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  network = new RegExp(
    `['"](?:node:)?(?:${packages.map(escape).join('|')})[^'"\\s]*['"]|\\b(?:${globals.map(escape).join('|')})\\b`,
  );
  return network;
}

/** Whether a file names a client of the catalog, itself. */
function namesClient(text: string): boolean {
  return networkPattern().test(text);
}

/** A file longer than this, or with lines this long on average, was written by a program: nobody mends it by hand. */
const maxText = 1_000_000;
const maxAverageLine = 400;

/** Whether a file is a bundle, or too long to be worth a look. */
export function isBundle(text: string): boolean {
  if (text.length > maxText) return true;
  if (text.length < 20_000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > maxAverageLine;
}

/** Whether a file may reach the network: it names a client, or imports something that may be one or lead to one. */
export function mayHoldCalls(text: string): boolean {
  return /\b(?:import|require|from)\b/.test(text) || namesClient(text);
}

/**
 * Whether a function or object that is imported from a file can lead to a client: the file names one, passes on what
 * others export, or extends what they declare.
 */
export function mayLeadToClient(text: string): boolean {
  return (
    namesClient(text) ||
    /\bexport\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\b|\bextends\b|\bmodule\.exports\s*=\s*require\b/.test(text)
  );
}

/** Whether a file may hold a function that runs again what it is given: it waits for something that may fail. */
export function mayRetry(text: string): boolean {
  return (
    /\bawait\b|\.then\b/.test(text) && /\bcatch\b|\bcontinue\b/.test(text) && /\b(?:for|while|setTimeout)\b/.test(text)
  );
}

/** Whether a function that is imported from a file may run again what it is given: it does, or is handed on, or wraps another. */
export function mayLeadToRetry(text: string): boolean {
  return (
    mayRetry(text) ||
    /\bexport\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\b|\w*[rR]etr(?:y|ies)\w*\(|\.execute\(/.test(text)
  );
}

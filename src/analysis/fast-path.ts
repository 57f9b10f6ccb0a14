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
export function namesClient(text: string): boolean {
  return networkPattern().test(text);
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

/** What the settings call a downstream, and which downstreams they leave out. */
import { matchesPattern, type Downstream, type Settings } from '../settings.js';

/** What a call or a client is about. */
export interface About {
  /** The package or library: `axios`. */
  readonly client: string | null;
  /** A host, a base URL, a variable of the environment. */
  readonly downstream: string | null;
}

/** Whether the settings say that something is no downstream: by its host, its name, or the package of its client. */
export function isIgnored(settings: Settings, about: About): boolean {
  return settings.ignore.some((entry) => {
    if (typeof entry !== 'string') return entry.from === 'package' && entry.package === about.client;
    return [about.downstream, about.client].some((name) => name !== null && matchesPattern(entry, name));
  });
}

/** What the settings say of a downstream; `null`: nothing. */
export function inSettings(settings: Settings, { downstream }: About): Downstream | null {
  if (downstream === null) return null;
  return settings.downstreams.find(({ match }) => matchesPattern(match, downstream)) ?? null;
}

/** A browser for tests: the Chromium or Chrome of the machine. Without one, tests are skipped with a word; in CI they fail. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function find(): string | undefined {
  const given = process.env['CHROMIUM'];
  if (given) return given;
  for (const name of names) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      // Not this one.
    }
  }
  return places.find((place) => existsSync(place));
}

const executablePath = find();

/** Why there is no browser; `undefined`: there is one. */
export const missing =
  executablePath === undefined
    ? 'no Chromium or Chrome is installed (Debian: apt-get install chromium; or set CHROMIUM to one)'
    : undefined;

/** Starts the browser. */
export function launch(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(missing);
  // Chromium's own sandbox does not work for root, as whom containers run.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** A step of the build: lays what the report's page is made of beside the code that reads it. */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const [from, to] = [path.join(root, 'src', 'report', 'page'), path.join(root, 'dist', 'src', 'report', 'page')];
mkdirSync(to, { recursive: true });
for (const name of ['page.css', 'page.js']) copyFileSync(path.join(from, name), path.join(to, name));

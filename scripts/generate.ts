/** Writes every generated file that is committed; a test proves each current. */
import { writeFileSync } from 'node:fs';
import { renderEmbeddedMigrations } from './embed-migrations.ts';

const root = new URL('../', import.meta.url);

/** Path below the project's root, and how its text is made. */
export const generated: ReadonlyMap<string, () => string> = new Map([
  ['lib/store/migrations/embedded.gen.ts', renderEmbeddedMigrations],
]);

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const [path, render] of generated) writeFileSync(new URL(path, root), render());
}

import { readdirSync } from 'node:fs';

/** The hooks that docket has, each by the name of its file in `hooks`. */
export const hookNames: readonly string[] = readdirSync(new URL('../../hooks', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

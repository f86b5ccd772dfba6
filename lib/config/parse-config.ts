import { slugPattern } from '../model/key.ts';
import { databasePattern, idPattern, longestSlug } from './config-patterns.ts';
import { optionalText, requireRecord, requireText, wrong } from './require-shape.ts';
import type { ProjectConfig, UserConfig } from './schema.ts';

/** Parses `.claude/docket.json` as its schema does; a test holds the two together. */
export function parseProjectConfig(value: unknown, file: string): ProjectConfig {
  const config = requireRecord(value, file);
  const workspace = requireRecord(config.workspace, `${file}: workspace`);
  const id = requireText(workspace.id, `${file}: workspace.id`);
  const slug = requireText(workspace.slug, `${file}: workspace.slug`);
  if (!idPattern.test(id)) throw wrong(`${file}: workspace.id`, 'is not a workspace id');
  if (!slugPattern.test(slug) || slug.length > longestSlug) {
    throw wrong(`${file}: workspace.slug`, 'is not a slug');
  }
  const database = parseUrl(config.database, file);
  return { ...config, workspace: { id, slug }, ...(database === undefined ? {} : { database }) };
}

/** Parses the person's own `config.json`. */
export function parseUserConfig(value: unknown, file: string): UserConfig {
  const config = requireRecord(value, file);
  const database = parseUrl(config.database, file);
  const user = optionalText(config.user, `${file}: user`);
  return {
    ...config,
    ...(database === undefined ? {} : { database }),
    ...(user === undefined ? {} : { user }),
  };
}

function parseUrl(value: unknown, file: string): string | undefined {
  const url = optionalText(value, `${file}: database`);
  if (url === undefined || databasePattern.test(url)) return url;
  throw wrong(`${file}: database`, 'is not a sqlite: or mysql:// URL');
}

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const longest = 500;

/**
 * Brings a remote's URL into the one form that all clones agree on:
 * `git@Example.com:alice/web.git` and `https://bob@example.com/alice/web/` are both
 * `example.com/alice/web`. User names and tokens are
 * left out, as this is stored. A local repository is its absolute path.
 */
export function normaliseOrigin(url: string, folder: string): string | null {
  const text = url.trim();
  if (text === '') return null;
  return (remoteOf(text) ?? localOf(text, folder)) || null;
}

function remoteOf(text: string): string | undefined {
  if (text.startsWith('file://')) return undefined;
  const byUrl = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)(?::\d*)?\/*(.*)$/i.exec(
    text,
  );
  // git takes `host:path` for a remote unless a slash comes before the colon.
  const byColon = byUrl ?? /^(?:[^/@:]+@)?(\[[^\]]+\]|[^/:[\]]+):\/*(.*)$/.exec(text);
  if (byColon === null) return undefined;
  const [, host = '', path = ''] = byColon;
  return withoutEnd(`${host.toLowerCase()}/${path.replace(/[?#].*$/, '')}`);
}

function localOf(text: string, folder: string): string {
  const path = text.startsWith('file://') ? fromFileUrl(text) : text;
  return withoutEnd(resolve(folder, path));
}

function fromFileUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    return text.slice('file://'.length);
  }
}

function withoutEnd(path: string): string {
  return path
    .replace(/\/+$/, '')
    .replace(/\/?\.git$/, '')
    .slice(0, longest);
}

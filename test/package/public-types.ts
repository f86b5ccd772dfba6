import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The declarations of a file, by their layout: tsc begins each at the start of a line. */
interface Declarations {
  /** The text of each, and the doc comment before it; an overload or a value adds to its name. */
  readonly own: ReadonlyMap<string, { readonly text: string; readonly doc: string | undefined }>;
  /** Where names of other files come from. */
  readonly others: ReadonlyMap<string, { readonly name: string; readonly path: string }>;
}

/** A type by its file and its name. */
interface Place {
  readonly path: string;
  readonly name: string;
}

/**
 * Lists the types that the declarations of a package's public names use and that are not public
 * themselves: nobody could name what they are given. Types of packages are left out.
 */
export function findUnexported(index: string): readonly string[] {
  const places = publicPlaces(index);
  const known = new Set(places.map(idOf));
  const found = places.flatMap((place) =>
    typesIn(place)
      .filter((used) => !known.has(idOf(used)))
      .map((used) => `${used.name}, of ${place.name}`),
  );
  return [...new Set(found)].sort();
}

/** Lists the public names whose declarations have no doc comment. */
export function findUndocumented(index: string): readonly string[] {
  return publicPlaces(index)
    .filter(({ path, name }) => read(path).own.get(name)?.doc === undefined)
    .map(({ name }) => name)
    .sort();
}

function idOf({ path, name }: Place): string {
  return `${path} ${name}`;
}

function publicPlaces(index: string): readonly Place[] {
  return [...read(index).others.keys()].map((name) => {
    const place = placeOf(index, name);
    if (place === undefined) throw new Error(`${index} exports ${name}, which nobody declares`);
    return place;
  });
}

/** Finds where a name that a file uses is declared; undefined where that is a package, or nowhere. */
function placeOf(path: string, name: string): Place | undefined {
  const { own, others } = read(path);
  if (own.has(name)) return { path, name };
  const other = others.get(name);
  return other === undefined ? undefined : placeOf(other.path, other.name);
}

function typesIn({ path, name }: Place): readonly Place[] {
  const text = read(path).own.get(name)?.text ?? '';
  const withoutTexts = text.replace(/'[^']*'|"[^"]*"/g, '');
  const words = withoutTexts.match(/(?<![.\w])[A-Z]\w*(?!\??:)\b/g) ?? [];
  return words.flatMap((word) => placeOf(path, word) ?? []);
}

const files = new Map<string, Declarations>();

function read(path: string): Declarations {
  const known = files.get(path) ?? parse(path);
  files.set(path, known);
  return known;
}

function parse(path: string): Declarations {
  const own = new Map<string, { text: string; doc: string | undefined }>();
  const others = new Map<string, { name: string; path: string }>();
  const statements = readFileSync(path, 'utf8').split(
    /^(?=\/\*\*|(?<!\*\/\n)(?:import|export|declare|type|interface) )/m,
  );
  for (const statement of statements) {
    const [, doc, text = ''] = /^(\/\*\*[\s\S]*?\*\/)?([\s\S]*)$/.exec(statement) ?? [];
    const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').trim();
    const from = /^(?:import|export) (?:type )?\{([^}]*)\} from '(\.[^']*)'/.exec(bare);
    if (from !== null) {
      const [, names = '', file = ''] = from;
      for (const each of names.split(',').filter((part) => part.trim() !== '')) {
        const [name = '', alias = name] = each
          .trim()
          .replace(/^type /, '')
          .split(' as ');
        others.set(alias, { name, path: join(dirname(path), file.replace(/\.ts$/, '.d.ts')) });
      }
    }
    const word = '(?:const|function|class|interface|type)';
    const name = new RegExp(`^(?:export )?(?:declare )?${word} (\\w+)`).exec(bare)?.[1];
    if (name === undefined) continue;
    const before = own.get(name);
    own.set(name, { text: `${before?.text ?? ''}${bare}`, doc: before?.doc ?? doc });
  }
  return { own, others };
}

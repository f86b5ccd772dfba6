import { findCommandWords } from './shell-commands.ts';

/** Programs that run what their words or their input say. */
const runners = new Set(
  [
    'sh bash dash zsh ksh fish ash busybox eval source . trap xargs find fd parallel watch entr',
    'script setsid sudo doas su ssh npx npm pnpm yarn bun bunx node deno tsx python python3 perl',
    'ruby awk gawk make',
  ].flatMap((line) => line.split(' ')),
);

/** Matches a word of docket with flags and a verb behind it, and perhaps its second word. */
function mention(name: string): RegExp {
  const between = '[\\s"\'`\\\\,)\\]}]+';
  return new RegExp(
    `${name}(?:\\.cjs)?(?:${between}-[\\w-]+(?:=[\\w./:-]*)?){0,9}${between}([a-z][a-z-]*)(?:${between}([a-z]+))?`,
    'g',
  );
}

/**
 * Finds the verbs with which a shell's text may call a program, also by a detour: by a path or in
 * quotes, by a variable, or handed to a program that runs other programs, as in `bash -c '...'` and
 * `xargs`. A verb comes with the word behind it as well, as in `client add`; one that the shell puts
 * together comes as it is written. It may find one that would not run; what is only printed,
 * searched or written down is none. A script of its own is not seen.
 */
export function findVerbs(text: string, name: string): readonly string[] {
  if (!text.includes(name)) return [];
  const words = findCommandWords(text);
  const called = words.map(({ word }) => unquoted(word));
  // Where no command is found, the text is nested too deeply to be read.
  const isRun =
    words.length === 0 || called.some((word) => runners.has(baseOf(word)) || /[$`\s]/.test(word));
  const mentioned = isRun
    ? [...text.matchAll(mention(name))].map(([, ...pair]) => pair.map((word) => word ?? ''))
    : [];
  const behind = words.flatMap(({ end }, index) => {
    const word = called[index] ?? '';
    const isSure = baseOf(word).replace(/\.cjs$/, '') === name;
    if (!isSure && !/[$`]/.test(word)) return [];
    const pair = wordsBehind(text, end);
    return isSure || /^[a-z-]+$/.test(pair[0] ?? '') ? [pair] : [];
  });
  return [...mentioned, ...behind].flatMap(([verb = '', next = '']) => [
    ...(verb === '' ? [] : [verb]),
    ...(/^[a-z]+$/.test(next) ? [`${verb} ${next}`] : []),
  ]);
}

function unquoted(word: string): string {
  return word.replace(/["'\\]/g, '');
}

function baseOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** What may stand before a word: blanks, continued lines, redirections and flags. */
const skipped =
  /[ \t]+|\\\r?\n|(?:\d*|&)(?:>>|>\||<<<|<>|[<>]&?)[ \t]*[^\s;&|<>()]+|-[^\s;&|<>()]*/y;
const plainWord = /[^\s;&|<>()]+/y;

/** So many things before a word are skipped. */
const mostSkipped = 20;

/** Reads the first two words that are no flags, without their quotes. */
function wordsBehind(text: string, end: number): readonly string[] {
  const words: string[] = [];
  let at = end;
  while (words.length < 2) {
    for (let count = 0; count < mostSkipped; count += 1) {
      skipped.lastIndex = at;
      if (!skipped.test(text)) break;
      at = skipped.lastIndex;
    }
    plainWord.lastIndex = at;
    const [word] = plainWord.exec(text) ?? [];
    if (word === undefined) break;
    words.push(unquoted(word));
    at += word.length;
  }
  return words;
}

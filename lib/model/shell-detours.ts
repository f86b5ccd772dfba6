import { findCommandWords } from './shell-commands.ts';

/** Programs that run what their words or their input say. */
const runners = new Set(
  [
    'sh bash dash zsh ksh fish ash busybox eval source . trap xargs find fd parallel watch entr',
    'script setsid sudo doas su ssh npx npm pnpm yarn bun bunx node deno tsx python python3 perl',
    'ruby awk gawk make',
  ].flatMap((line) => line.split(' ')),
);

/** Matches a word of docket with flags and a verb behind it, in whatever quotes. */
function mention(name: string): RegExp {
  const between = '[\\s"\'`\\\\,)\\]}]+';
  return new RegExp(
    `${name}(?:\\.cjs)?(?:${between}-[\\w-]+(?:=[\\w./:-]*)?){0,9}${between}([a-z]+)`,
    'g',
  );
}

/**
 * Finds the verbs with which a shell's text may call a program by a detour: by a path or in quotes,
 * by a variable, or handed to a program that runs other programs, as in `bash -c '...'` and
 * `xargs`. It may find one that would not run; what is only printed, searched or written down is
 * none. A script of its own is not seen.
 */
export function findDetours(text: string, name: string): readonly string[] {
  if (!text.includes(name)) return [];
  const words = findCommandWords(text);
  const called = words.map(({ word }) => word.replace(/["'\\]/g, ''));
  const isRun = called.some((word) => runners.has(baseOf(word)) || /[$`\s]/.test(word));
  const mentioned = isRun ? [...text.matchAll(mention(name))].map(([, verb = '']) => verb) : [];
  const behind = words.flatMap(({ end }, index) => {
    const word = called[index] ?? '';
    const isCalled = baseOf(word).replace(/\.cjs$/, '') === name || /[$`]/.test(word);
    return isCalled ? verbBehind(text.slice(end)) : [];
  });
  return [...mentioned, ...behind];
}

function baseOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** Reads the first word that is no flag, without its quotes. */
function verbBehind(text: string): readonly string[] {
  const [, word = ''] = /^(?:[ \t]+-[\w-]+(?:=\S*)?){0,9}[ \t]+([^\s;&|<>()]+)/.exec(text) ?? [];
  return word === '' ? [] : [word.replace(/["'\\]/g, '')];
}

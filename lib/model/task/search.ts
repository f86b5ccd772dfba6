/** The words of a search: every word must be in a task, wherever in it. */
export type SearchWords = readonly string[];

/** Splits what somebody typed into words; nothing in them is a wildcard. */
export function parseSearch(text: string): SearchWords {
  return [...new Set(foldText(text).split(/\s+/u))].filter((word) => word !== '');
}

/** Lists the words that none of the texts has. */
export function missingWords(words: SearchWords, texts: readonly string[]): SearchWords {
  if (words.length === 0) return [];
  const folded = texts.map(foldText);
  return words.filter((word) => !folded.some((text) => text.includes(word)));
}

/**
 * Folds the case of every letter for comparison, because each engine has rules of its own. An Ä
 * that is written as A and two dots is one, too.
 */
export function foldText(text: string): string {
  // The Greek s has a form of its own at the end of a word, and text is looked for inside of words.
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

/** A command that a text names. */
export interface Mention {
  /** The words after `docket`, up to the first that is no plain word. */
  readonly words: readonly string[];
  /** The names of its flags, without `--`. */
  readonly flags: readonly string[];
  readonly quote: string;
}

/**
 * Finds the commands that a text names. A command ends with its sentence, with the line, or where
 * the next one begins.
 */
export function mentionsIn(text: string): readonly Mention[] {
  const quotes = text.match(/(?<![\w./-])docket (?=[a-zX-])(?:(?! docket )[^\n`;)])*/g) ?? [];
  return quotes.map((whole) => {
    const [quote = ''] = whole.split(/[.,:](?:\s|$)| and | or |'(?=[^\w]|$)/);
    const words = quote.split(' ').slice(1);
    const end = words.findIndex((word) => !/^[a-zX][a-z-]*$/.test(word));
    return {
      words: end === -1 ? words : words.slice(0, end),
      flags: (quote.match(/(?<=[\s[|])--[a-z][a-z-]*/g) ?? []).map((flag) => flag.slice(2)),
      quote: quote.trim(),
    };
  });
}

/** Gives a source without its comments; what is filled into a template stands as `X`. */
export function textOf(source: string): string {
  const plain = source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, '');
  // Twice, for what is filled into what is filled in.
  const filled = plain.replace(innermost, 'X').replace(innermost, 'X');
  return filled.replace(/\\n/g, '\n');
}

const innermost = /\$\{[^{}`]*\}/g;

/** Gives the string literals of a source. */
export function literalsOf(source: string): readonly string[] {
  const literal = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return (textOf(source).match(literal) ?? []).map((each) => each.slice(1, -1));
}

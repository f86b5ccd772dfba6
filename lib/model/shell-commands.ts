/** Words of a shell before a command, after which the command still comes. */
const before = new Set(['!', '{', 'if', 'then', 'elif', 'else', 'while', 'until', 'do']);

/** Commands that run the command behind their own flags and numbers. */
const wrappers = new Set('command env exec nice nohup stdbuf time timeout'.split(' '));

/** What ends a word. Other white space, such as a no-break space, is a part of it for a shell. */
const wordEnd = /[ \t\r\n;&|<>()]/;

/** More levels of `$(...)`, `(...)` and quotes than anybody writes; each takes some of the stack. */
const deepest = 100;

/**
 * Finds the simple commands of a POSIX shell's text that are called by a plain name: behind `&&`,
 * in a loop, in `$(...)`, but not in quotes, comments and here-documents.
 *
 * @returns the offsets just behind the names, in ascending order; none when the text is nested too
 *   deeply.
 */
export function findCommands(text: string, name: string): readonly number[] {
  return findCommandWords(text).flatMap(({ word, end }) => (word === name ? [end] : []));
}

/** The word that calls a simple command, as it is written, and the offset just behind it. */
export interface CommandWord {
  readonly word: string;
  readonly end: number;
}

/** Finds the words that call the simple commands of a text, wrappers such as `env` among them. */
export function findCommandWords(text: string): readonly CommandWord[] {
  const found: CommandWord[] = [];
  /** The words that end the here-documents which begin with the next line. */
  const documents: { readonly end: string; readonly isIndented: boolean }[] = [];
  let at = 0;
  let depth = 0;
  let isTooDeep = false;
  readList();
  return isTooDeep ? [] : found;

  /** Reads commands up to a closing character, or to the end. Each round moves on. */
  function readList(close = ''): void {
    let isCommand = true;
    let isWrapped = false;
    while (at < text.length) {
      const start = at;
      const char = text.charAt(at);
      if (char === close) {
        at += 1;
        return;
      }
      if (char === '#') skipLine();
      else if (' \t\r'.includes(char)) at += 1;
      else if (text.startsWith('\\\n', at)) at += 2;
      else if (/[<>]/.test(char) || /^(?:&>|\d+[<>])/.test(text.slice(at, at + 12)))
        redirect(close);
      else if (/[\n;&|()]/.test(char)) {
        at += 1;
        if (char === '\n') skipDocuments();
        if (char === '(') readDeeper(() => readList(')'));
        isCommand = true;
        isWrapped = false;
      } else {
        const word = readWord(close);
        if (at === start) at += 1;
        if (!isCommand || before.has(word) || /^\w+\+?=/.test(word)) continue;
        if (wrappers.has(word)) isWrapped = true;
        else if (!isWrapped || !/^[-\d]/.test(word)) isCommand = false;
        if (!isCommand) found.push({ word, end: at });
      }
    }
  }

  /** Reads what is inside another thing; beyond the deepest level it gives the whole text up. */
  function readDeeper(read: () => void): void {
    depth += 1;
    isTooDeep ||= depth > deepest;
    if (isTooDeep) at = text.length;
    else read();
    depth -= 1;
  }

  /** Reads one word, with the commands inside it, and gives its text as it is written. */
  function readWord(close = ''): string {
    const start = at;
    while (at < text.length) {
      const char = text.charAt(at);
      if (wordEnd.test(char) || (char === '`' && close === '`')) break;
      if (char === "'") skipTo("'", at + 1);
      else if (text.startsWith("$'", at)) skipEscaped(at + 2);
      else if (!readInner(char)) at += 1;
    }
    return text.slice(start, at);
  }

  /** Reads what has commands inside a word or a double-quoted text; false when it is plain. */
  function readInner(char: string): boolean {
    if (char === '\\') at += 2;
    else if (char === '"') readDeeper(() => readUntil('"'));
    else if (text.startsWith('${', at)) readDeeper(() => readUntil('}'));
    else if (char === '`' || text.startsWith('$(', at)) {
      at += char === '`' ? 1 : 2;
      readDeeper(() => readList(char === '`' ? '`' : ')'));
    } else return false;
    return true;
  }

  function readUntil(close: '"' | '}'): void {
    at += close === '"' ? 1 : 2;
    while (at < text.length && text.charAt(at) !== close) {
      if (!readInner(text.charAt(at))) at += 1;
    }
    at += 1;
  }

  function redirect(close: string): void {
    const [operator = ''] =
      /^\d*(?:&>>?|<<<|<<-?|[<>]\(|[<>]&|>>|>\||<>|[<>])/.exec(text.slice(at, at + 16)) ?? [];
    at += operator.length || 1;
    if (operator.endsWith('(')) {
      readDeeper(() => readList(')'));
      return;
    }
    while (/[ \t]/.test(text.charAt(at))) at += 1;
    const word = readWord(close);
    if (!/^\d*<<-?$/.test(operator)) return;
    documents.push({ end: word.replace(/["'\\]/g, ''), isIndented: operator.endsWith('-') });
  }

  function skipDocuments(): void {
    for (const { end, isIndented } of documents.splice(0)) {
      while (at < text.length) {
        const start = at;
        skipLine();
        const line = text.slice(start, at);
        at += 1;
        if ((isIndented ? line.replace(/^\t+/, '') : line) === end) break;
      }
    }
  }

  function skipLine(): void {
    const end = text.indexOf('\n', at);
    at = end === -1 ? text.length : end;
  }

  /** Goes on behind the next `mark`, or at the end. */
  function skipTo(mark: string, from: number): void {
    const end = text.indexOf(mark, from);
    at = end === -1 ? text.length : end + 1;
  }

  function skipEscaped(from: number): void {
    at = from;
    while (at < text.length && text.charAt(at) !== "'") at += text.charAt(at) === '\\' ? 2 : 1;
    at += 1;
  }
}

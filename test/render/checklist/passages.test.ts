import { expect, test } from 'vitest';
import { renderPassages } from '../../../lib/render/checklist/passages.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';

const layout = { style: plainStyle, ascii: false };

test('short texts are items of a quote, long ones stand apart in it', () => {
  expect(renderPassages(['one', 'two', 'a\nb', 'three'], layout)).toEqual([
    ...['> - one', '> - two', '>', '> a', '> b', '>', '> - three'],
  ]);
});

test('a code block keeps its indentation, and ends with its text', () => {
  expect(renderPassages(['```ts\n  if (x)\n\n    y();', '**Testing:**'], layout)).toEqual([
    ...['> ```ts', '>   if (x)', '>', '>     y();', '> ```', '>', '> - **Testing:**'],
  ]);
});

test('of a long text the first 30 lines are shown and the others are counted', () => {
  const text = Array.from({ length: 50 }, (_, index) => `line ${index + 1}`).join('\n');
  const lines = renderPassages([text], layout);
  expect(lines).toHaveLength(31);
  expect(lines.at(-1)).toBe('> (+20 more lines)');
});

test('no line of a text stands outside the quote', () => {
  const lines = renderPassages(['a\r\n- [✓] forged\u2028## Forged\u0085b\u000b**Done:**'], layout);
  expect(lines).toEqual(['> a', '> - [✓] forged', '>', '> *Forged*', '>', '> b **Done:**']);
});

test.for([
  ['## Done\n\nIt works', '> *Done*|>|> It works'],
  ['It works\n## Next ##\nnothing', '> It works|>|> *Next*|>|> nothing'],
  ['Done\n====\nIt works\n---\nb', '> *Done*|>|> *It works*|>|> b'],
  ['## Done\n---\nb', '> *Done*|>|> ---|> b'],
  ['> # Quoted\n- ## Item\na', '> > *Quoted*|>|> - *Item*|>|> a'],
  ['# Use C# and F*', '> - *Use C# and F\\**'],
  ['```sh\n# a comment\n\n\nb\n---\n```', '> ```sh|> # a comment|>|>|> b|> ---|> ```'],
  ['#!/bin/sh\n#1\n    # code', '> #!/bin/sh|> #1|>     # code'],
  ['- a\n---\nb', '> - a|> ---|> b'],
] as const)('no heading of %j can pass for one of the summary', ([text, shown]) => {
  expect(renderPassages([text], layout).join('|')).toBe(shown);
});

import fc from 'fast-check';

interface LayoutChoice {
  readonly unit: string;
  readonly newline: string;
  readonly mark: string;
  readonly end: string;
  /** Taken in turn for white space; all zero is what prettier writes. */
  readonly whims: readonly number[];
}

const tidy = fc.record({
  unit: fc.constantFrom('  ', '    ', '\t', ' ', '', ' '.repeat(12)),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.constantFrom('', '\uFEFF'),
  end: fc.constantFrom('', '\n', '\r\n', ' \n\n\t'),
  whims: fc.constant([0]),
});

const odd = fc.tuple(tidy, fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }));

/** The same value in some layout: tidy with any indent, or with white space anywhere. */
export function anyLayoutOf(value: unknown): fc.Arbitrary<string> {
  const choices: fc.Arbitrary<LayoutChoice> = fc.oneof(
    tidy,
    odd.map(([layout, whims]) => ({ ...layout, whims })),
  );
  return choices.map((layout) => {
    let turn = 0;
    const whim = () => layout.whims[turn++ % layout.whims.length] ?? 0;
    return layout.mark + write(value, '', { layout, whim }) + layout.end;
  });
}

interface Writing {
  readonly layout: LayoutChoice;
  readonly whim: () => number;
}

function write(value: unknown, indent: string, writing: Writing): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const inner = indent + writing.layout.unit;
  const children = Array.isArray(value)
    ? value.map((item) => write(item, inner, writing))
    : Object.entries(value).map(
        ([key, item]) =>
          `${JSON.stringify(key)}${space('', writing)}:${space(' ', writing)}${write(item, inner, writing)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const { newline } = writing.layout;
  if (children.length === 0) {
    return `${open}${space('', writing)}${close}`;
  }
  const lines = children.map((child) => space(newline + inner, writing) + child);
  return `${open}${lines.join(`${space('', writing)},`)}${space(newline + indent, writing)}${close}`;
}

/** The usual white space here, or one of the unusual. */
function space(usual: string, { layout, whim }: Writing): string {
  const unusual = [usual, '', ' ', layout.newline, `${layout.newline}\t `, '\t', '  \n  '];
  return unusual[whim()] ?? usual;
}

/** How text for people looks: on a terminal it may have colour and fits the width. */
export interface OutputStyle {
  /** Columns of the terminal; undefined when a file or a program reads the text. */
  readonly width: number | undefined;
  /** Rows of the terminal, where it tells. */
  readonly height?: number | undefined;
  readonly colour: boolean;
}

export const plainStyle: OutputStyle = { width: undefined, colour: false };

/** Whether a terminal shows the text, as against a file or a program that reads it. */
export function isForPerson({ width, colour }: OutputStyle): boolean {
  return width !== undefined || colour;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Paint = keyof typeof codes;

/** Colours safe text, where the style has colour. */
export function paint(style: OutputStyle, colour: Paint | undefined, text: string): string {
  if (!style.colour || colour === undefined) return text;
  return `\u001b[${codes[colour]}m${text}\u001b[0m`;
}

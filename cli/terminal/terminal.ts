/** A terminal that a command paints and that a person types at. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** Calls back until the function that it gives is called. */
  listen(on: TerminalEvents): () => void;
}

export interface TerminalEvents {
  /**
   * Hears each key. Keys do not appear on the terminal meanwhile, and Ctrl-C is one of them. Without
   * it they appear, and Ctrl-C interrupts.
   */
  readonly key?: ((key: string) => void) | undefined;
  /** Hears that the size has changed, or that the shell had the terminal in between. */
  resize(): void;
  /** Leaves the terminal to the shell: the process ends all at once, or is suspended. */
  leave(): void;
}

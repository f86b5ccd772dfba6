/** A terminal that a command paints and that a person types at. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /**
   * Calls back for each key and each change of size, until the function it gives is called. Keys do
   * not appear on the terminal meanwhile, and Ctrl-C is one of them.
   */
  listen(on: { key(key: string): void; resize(): void }): () => void;
}

/** A file that was edited for a task. */
export interface TouchedFile {
  /** From the project's root, the same in every clone and worktree; else absolute, or `~/...`. */
  readonly path: string;
  /** Whether it did not exist before. */
  readonly isNew: boolean;
}

/** The files of a task, the first ones, and whether there are others. */
export interface TouchedFiles {
  readonly files: readonly TouchedFile[];
  readonly isCut: boolean;
}

/** Another session that edits the same file. */
export interface SharedFile {
  readonly path: string;
  readonly session: string;
  readonly agent: string;
  readonly actor: string;
  /** What it edits the file for; null for nothing that it has claimed. */
  readonly task: { readonly key: string; readonly title: string } | null;
}

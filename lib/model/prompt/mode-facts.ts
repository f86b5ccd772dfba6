/** What a list knows of the client and the project that a docket.json names. */
export interface ModeFacts {
  /** Their slugs; missing where the list does not have them. */
  readonly client: string | undefined;
  readonly project: string | undefined;
  /** What was learnt about them, the newest first. */
  readonly insights: readonly {
    readonly about: 'client' | 'project';
    readonly slug: string;
    readonly body: string;
  }[];
}

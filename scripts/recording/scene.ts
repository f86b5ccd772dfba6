/** The recording's story: what two people's prompts and models ask for. Docket's answers are real. */

export type Pane = 'left' | 'right';

/** A step of the story, in one of the two sessions. */
export type Step = { readonly pane: Pane } & (
  | { readonly kind: 'prompt'; readonly text: string }
  /** A shell command of the model's. */
  | { readonly kind: 'bash'; readonly command: string }
  /** A call of a built-in tool that docket refuses. */
  | {
      readonly kind: 'tool';
      readonly tool: string;
      readonly input: Readonly<Record<string, string>>;
    }
  /** The model's words to its person. */
  | { readonly kind: 'say'; readonly text: string }
);

/** What was on the list before. */
export const before: readonly string[] = [
  "create 'Rotate the signing key' --priority 0",
  "create 'Import the invoices of 2025'",
  "create 'Mail when a job fails'",
  "create 'Sort the results of a search'",
];

const plan = `docket plan <<'PLAN'
# API authentication
- [ ] Design the schema (analysis)
- [ ] Write the code
- [ ] Review it (review)
PLAN`;

/** `KEY1`, `KEY2` ... stand for the keys in the order in which docket gave them. */
export const story: readonly Step[] = [
  { pane: 'left', kind: 'prompt', text: 'Plan API authentication and begin.' },
  {
    pane: 'left',
    kind: 'tool',
    tool: 'TaskCreate',
    input: { subject: 'Design the schema', description: 'Users, tokens, keys' },
  },
  { pane: 'left', kind: 'bash', command: plan },
  { pane: 'left', kind: 'bash', command: 'docket claim KEY6' },
  { pane: 'right', kind: 'prompt', text: 'Help with the authentication.' },
  { pane: 'right', kind: 'bash', command: 'docket claim KEY6' },
  { pane: 'right', kind: 'say', text: 'The design is taken. I take the key meanwhile.' },
  { pane: 'right', kind: 'bash', command: 'docket claim KEY1' },
  {
    pane: 'left',
    kind: 'bash',
    command: "docket close KEY6 --outcome 'one table of tokens, see db/auth.sql'",
  },
  { pane: 'left', kind: 'say', text: 'The schema is designed; the code can be written.' },
  { pane: 'right', kind: 'prompt', text: 'Is the design done?' },
  { pane: 'right', kind: 'bash', command: 'docket claim KEY7' },
];

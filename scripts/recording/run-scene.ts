/** The story of a run in a terminal: what agents answer. What the terminal shows of it is real. */

export const plan = `# API authentication
- [ ] Design the schema (analysis)
- [ ] Write the code
- [ ] Tell of it in the docs (documentation)`;

/** Something that an agent does, after which the terminal shows something new. */
export interface Happening {
  /** A note that the agent at a step leaves. */
  readonly note?: { readonly step: number; readonly text: string };
  /** The report that the agent at work ends with, and what it cost in US dollars. */
  readonly report?: object;
  readonly cost?: number;
  /** What is seen then. */
  readonly shows: RegExp;
}

const issues = [
  { file: 'api/auth.py', line: 88, issue: 'tokens are stored unhashed', fix: 'hash them' },
];

export const happenings: readonly Happening[] = [
  { shows: /Explore Agent; under/ },
  { note: { step: 1, text: 'one table is enough: tokens' }, shows: /Note: one table/ },
  {
    report: { status: 'completed', outcome: 'One table of tokens, see db/auth.sql' },
    cost: 0.31,
    shows: /\[→\] Write the code {2}\(Coding Agent; under/,
  },
  { note: { step: 2, text: 'logging in works, refreshing is next' }, shows: /Note: logging in/ },
  {
    report: { status: 'completed', outcome: 'Tokens are given and refreshed' },
    cost: 1.12,
    shows: /Code Review Agent, review; under/,
  },
  {
    report: { status: 'completed', approval: 'rejected', issues_found: issues },
    cost: 0.27,
    shows: /sent back by[\s\S]*Coding Agent, round 2; [\s\S]*tokens are stored/,
  },
  {
    report: { status: 'completed', outcome: 'Tokens are stored hashed, and refreshed' },
    cost: 0.44,
    shows: /Code Review Agent, review, round 2;/,
  },
  {
    report: { status: 'completed', approval: 'approved' },
    cost: 0.19,
    shows: /\[→\] Tell of it in the docs {2}\(general-purpose;/,
  },
  {
    report: { status: 'completed', outcome: 'See docs/auth.md', files_created: ['docs/auth.md'] },
    cost: 0.15,
    shows: /--summary shows what came of it/,
  },
];

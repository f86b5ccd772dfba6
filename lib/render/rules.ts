/**
 * The rules of use that a session is given when it starts. The model reads them once, so each line
 * says something to do.
 */
export const rulesOfUse = `How this project tracks work: docket, one task list that all sessions share.
- Tasks live in docket. Do not use TaskCreate, TaskUpdate, TaskList, TaskGet or TodoWrite.
- Look before you start: docket recap (what the last sessions left), docket ready, docket search 'WORDS'. Do not redo what another session has claimed.
- New work: docket create 'TITLE' (--parent KEY, --needs KEY). Then docket claim KEY before you work on it.
- A larger request: break it down with docket plan and show the user docket checklist KEY:
  docket plan <<'PLAN'
  # Title of the whole
  - [ ] First step
  - [ ] Second step
  PLAN
- While working: docket note KEY 'what you found'. Order: docket link CHILD PARENT (child needs parent).
- Stuck on something outside: docket block KEY --reason 'WHY'.
- Done: docket close KEY --outcome 'RESULT' (--follow-up 'TITLE' for what is left).
- Put text in single quotes, longer text in a quoted heredoc on stdin.
- Subagents do not manage tasks: they report to you, and you write to docket.`;

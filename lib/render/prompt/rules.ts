import { taskToolWords } from '../../model/task-tools.ts';

/** The rules for an agent that docket runs: it works on one task, and reports. */
export const rulesOfRun = `How this project tracks work: docket, one task list that all sessions share.
You are an agent of a plan, and the orchestrator keeps the list: do your task and end with your report.
- Do not use ${taskToolWords}, and create, claim or close no tasks.
- You may look (docket list, docket show KEY) and tell how it goes: docket note KEY 'what you found'.
- What is left to do goes into follow_ups of your report, what you need into blockers.`;

/** The rules for a subagent or team-mate of a session: its name there, and how it takes tasks. */
export function rulesOfAgent(name: string): string {
  return `How this project tracks work: docket, one task list that all sessions share. You are ${name} in it.
- A task that your prompt gives you is claimed for you: do it, tell how it goes with docket note KEY 'what you found', end with your report, and create, claim and close no tasks.
- Where it gives you none: docket claim KEY before you work on one, which fails when another agent or person has it; docket close KEY --outcome 'RESULT' when it is done.
- Tasks live in docket: do not use ${taskToolWords}. Put text in single quotes.`;
}

/**
 * The rules of use that a session is given when it starts. The model reads them once, so each line
 * says something to do.
 */
export const rulesOfUse = `How this project tracks work: docket, one task list that all sessions share.
- Tasks live in docket. Do not use ${taskToolWords}.
- Look before you start: docket recap (what the last sessions left), docket ready, docket search 'WORDS'. Do not redo what another session has claimed.
- New work: docket create 'TITLE' (--parent KEY, --needs KEY). Then docket claim KEY before you work on it.
- A larger request: break it down with docket plan and show the user its checklist: the plan first, docket checklist KEY after each step, docket checklist KEY --summary at the end.
  docket plan --request 'WHAT WAS ASKED' <<'PLAN'
  # Title of the whole
  - [ ] First step
  - [ ] Second step (review)
  PLAN
  Each step waits for the one before it (--any-order: none does). (review), (testing), (research) ... is the type of a step.
- While working: docket note KEY 'what you found'. Order: docket link CHILD PARENT (child needs parent).
- Stuck on something outside: docket block KEY --reason 'WHY', then docket unblock KEY --resolution 'HOW'.
- Done: docket close KEY --outcome 'RESULT' (--follow-up 'TITLE' for what is left).
- Put text in single quotes, longer text in a quoted heredoc on stdin.
- Subagents do not manage tasks: before you start one, docket claim KEY --agent 'NAME', and name KEY in
  its prompt. It is told the task, and the report that it ends with is recorded. Where it has none:
  docket report KEY 'JSON': {"status": "completed|blocked|failed|needs_review", "outcome", ...} with the fields
  of the task's type, which that claim names: files_created, built, deployed_to, docs_created ...`;

import type { E2eWorld } from './contract.ts';
import { serverReachable } from './phases/01-server.ts';
import { injection } from './phases/02-injection.ts';
import { create } from './phases/03-create.ts';
import { claim } from './phases/04-claim.ts';
import { note } from './phases/05-note.ts';
import { linkAndReady } from './phases/06-link-and-ready.ts';
import { closeWithFollowUp } from './phases/07-close.ts';
import { twoUsers } from './phases/08-two-users.ts';
import { shadowing } from './phases/09-shadowing.ts';
import { builtInTools } from './phases/10-built-in-tools.ts';
import { raceAndOutage } from './phases/11-race-and-outage.ts';
import { agentReport } from './phases/agent-report.ts';
import { agentsOfASession } from './phases/agents-of-a-session.ts';
import { changesOnly } from './phases/changes-only.ts';
import { editedFiles } from './phases/edited-files.ts';
import { freshContext } from './phases/fresh-context.ts';
import { givenTask } from './phases/given-task.ts';
import { handOver } from './phases/hand-over.ts';
import { heldAgent } from './phases/held-agent.ts';
import { interruptedAgent } from './phases/interrupted-agent.ts';
import { launcherFile } from './phases/launcher-file.ts';
import { levels } from './phases/levels.ts';
import { modes } from './phases/modes.ts';
import { orchestratedPlan } from './phases/orchestrated-plan.ts';
import { teammateWithoutDocket } from './phases/teammate.ts';

export interface Phase {
  readonly number: string;
  readonly title: string;
  readonly run: (world: E2eWorld) => Promise<void>;
  /** Must pass, and is not one of the eleven. */
  readonly isExtra?: boolean;
}

export const phases: readonly Phase[] = [
  { number: '1', title: 'server reachable and migrated (SQLite, Dolt)', run: serverReachable },
  { number: '2', title: 'the list is in every prompt', run: injection },
  { number: '3', title: 'create', run: create },
  { number: '4', title: 'claim', run: claim },
  { number: '5', title: 'note', run: note },
  { number: '6', title: 'link and ready', run: linkAndReady },
  { number: '7', title: 'close with a follow-up', run: closeWithFollowUp },
  { number: '8', title: 'two users see one list (SQLite, Dolt)', run: twoUsers },
  { number: '9', title: 'folders do not change the list', run: shadowing },
  { number: '10', title: 'built-in task tools are denied in every mode', run: builtInTools },
  { number: '11', title: 'a race, then an outage (SQLite, Dolt)', run: raceAndOutage },
  { number: 'changes', title: 'what changed, told once', run: changesOnly, isExtra: true },
  {
    number: 'compact',
    title: 'the whole list after /compact',
    run: freshContext('/compact'),
    isExtra: true,
  },
  {
    number: 'clear',
    title: 'the whole list after /clear',
    run: freshContext('/clear'),
    isExtra: true,
  },
  { number: 'modes', title: 'whom tasks are for, told at the start', run: modes, isExtra: true },
  {
    number: 'hand-over',
    title: 'a claim hands over what was found',
    run: handOver,
    isExtra: true,
  },
  { number: '+', title: 'a teammate without docket', run: teammateWithoutDocket, isExtra: true },
  { number: 'file', title: 'any state of the launcher’s file', run: launcherFile, isExtra: true },
  { number: 'levels', title: 'one list from all settings files', run: levels, isExtra: true },
  {
    number: 'agents',
    title: 'of the subagents of one session one gets a claim',
    run: agentsOfASession,
    isExtra: true,
  },
  {
    number: 'given',
    title: 'a subagent that is given a task reports on it',
    run: givenTask,
    isExtra: true,
  },
  {
    number: 'held',
    title: 'a subagent with a task is held to reporting, by whatever way it calls docket',
    run: heldAgent,
    isExtra: true,
  },
  {
    number: 'interrupted',
    title: 'a subagent that its person interrupts is told to the session',
    run: interruptedAgent,
    isExtra: true,
  },
  {
    number: 'report',
    title: 'the reports of subagents move a plan on',
    run: agentReport,
    isExtra: true,
  },
  {
    number: 'files',
    title: 'files that sessions edit, for which task',
    run: editedFiles,
    isExtra: true,
  },
  {
    number: 'run',
    title: 'agents do a plan, through a kill -9',
    run: orchestratedPlan,
    isExtra: true,
  },
];

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { findHookContext } from '../../lib/briefing/hook-context.ts';
import { briefPrompt } from '../../lib/briefing/prompt-briefing.ts';
import { PlanAnswer } from '../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';
import type { Example } from './examples.ts';

/** A session plays an example with agents of their own names, and what is seen is written down. */
export interface Stage {
  readonly harness: CliHarness;
  /** The key of the plan, or of one of its steps. */
  key(step?: number): string;
  /** Writes down what a command prints. */
  show(...argv: readonly string[]): Promise<void>;
  /** Writes down the checklist in one of its views. */
  checklist(view?: '--plan' | '--detailed' | '--summary'): Promise<void>;
  /** Writes down what somebody's session is told with a prompt. */
  prompt(name: 'alice' | 'bob', isStart?: boolean): Promise<void>;
  /** Hands a step to an agent, and writes down what it is told where that is asked for. */
  claim(step: number, agent: string, isShown?: boolean): Promise<void>;
  /** Records a report after so many minutes of work, and writes down the answer. */
  report(step: number, minutes: number, report: object): Promise<void>;
  /** Changes the database by hand, as time would. */
  write(sql: string, ...values: readonly (string | number)[]): void;
  /** All that was written down. */
  screens(): string;
}

/** Sets the example's plan up for a client, or in a project that is developed. */
export async function openStage(
  { request, plan }: Pick<Example, 'request' | 'plan'>,
  { noun, name, flags = [] }: { noun: 'client' | 'project'; name: string; flags?: string[] },
): Promise<Stage> {
  const harness = openCliHarness();
  await harness.text(noun, 'add', name, ...flags);
  const file = join(harness.project, '.claude/docket.json');
  const mode = noun === 'client' ? 'msp' : 'development';
  const config = { ...JSON.parse(readFileSync(file, 'utf8')), mode, [noun]: name };
  writeFileSync(file, JSON.stringify(config));
  const document = JSON.stringify(plan);
  const { task } = await harness.json(PlanAnswer, 'plan', document, '--request', request);
  const screens: string[] = [];
  const key = (step?: number) => (step === undefined ? task.key : `${task.key}.${step}`);

  function keep(heading: string, text: string): void {
    const plain = `==== ${heading}\n${text}\n`
      .replaceAll(task.key, 'KEY')
      .replace(/\bweb-[0-9a-z]{4,}\b/g, 'OTHER')
      .replace(/ at="[^"]*"/, ' at="TIME"')
      .replace(/^[0-9a-f]{8}-[0-9a-f-]{27}/gm, 'ID');
    screens.push(plain);
  }

  const stage: Stage = {
    harness,
    key,
    show: async (...argv) => keep(`docket ${argv.join(' ')}`, await harness.text(...argv)),
    checklist: (view) => stage.show('checklist', task.key, ...(view === undefined ? [] : [view])),
    prompt: async (who, isStart = false) => {
      const env = { ...harness.env, DOCKET_ACTOR: who === 'alice' ? 'alice@one' : 'bob@two' };
      const session_id = who === 'alice' ? 'session-a' : 'session-b';
      const hook = findHookContext({ session_id, cwd: harness.project }, env);
      if (hook === undefined) throw new Error('the project has no list');
      const told = await briefPrompt(hook, { env, now: Date.now(), isStart });
      const moment = isStart ? 'first prompt' : 'prompt';
      keep(`${moment} of ${who}`, told?.context ?? '(nothing)');
    },
    claim: async (step, agent, isShown = false) => {
      const argv = ['claim', key(step), '--agent', agent];
      if (isShown) await stage.show(...argv);
      else await harness.text(...argv);
    },
    report: async (step, minutes, report) => {
      stage.write(
        'UPDATE agent_runs SET active_ms = ? WHERE running_task_id = (SELECT id FROM tasks WHERE task_key = ?)',
        minutes * 60_000,
        key(step),
      );
      const text = await harness.text('report', key(step), JSON.stringify(report));
      keep(`docket report ${key(step)}`, text);
    },
    write: (sql, ...values) => {
      const db = new DatabaseSync(harness.database);
      expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
      db.close();
    },
    screens: () => screens.join('\n'),
  };
  return stage;
}

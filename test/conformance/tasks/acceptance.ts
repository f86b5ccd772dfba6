import { expect, test } from 'vitest';
import { buildChecklist } from '../../../lib/model/checklist/build.ts';
import { gatherRunFacts } from '../../../lib/model/checklist/run-facts.ts';
import { Plan } from '../../../lib/model/plan/plan.ts';
import type { AgentReport } from '../../../lib/model/report/agent-report.gen.ts';
import { FunctionRunner } from '../../../lib/orchestrator/agents/function-runner.ts';
import { Orchestrator } from '../../../lib/orchestrator/orchestrator.ts';
import { renderChecklist } from '../../../lib/render/checklist/render.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { readBill } from '../../../lib/tracker/billing/bill.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readTaskTree } from '../../../lib/tracker/reads/tree.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { apiAuthentication, type Example, nasMonitoring } from '../../acceptance/examples.ts';
import { orchestratorScope } from '../agents/orchestrator-scope.ts';
import type { TestLists } from '../test-lists.ts';

export function acceptanceSuite(lists: TestLists): void {
  test('the API authentication example, from the request to its summary', async () => {
    const list = await lists.list();
    const { orchestrator, prompts } = orchestrate(list, apiAuthentication);
    const { request, plan } = apiAuthentication;
    const { task } = await orchestrator.plan({ request, plan: Plan.parse(plan) });
    expect(await checklist(list, task.key, 'plan')).toContain(
      [
        '- [ ] Design authentication schema',
        '- [ ] Generate code for JWT authentication',
        '- [ ] Review authentication code',
        '- [ ] Write authentication tests',
      ].join('\n'),
    );
    expect((await orchestrator.run(task.key)).status).toBe('completed');
    expect(prompts).toHaveLength(4);
    expect(prompts[1]).toContain('Schema designed with users, tokens, refresh_tokens tables');
    const { task: done } = await showTask(list, task.key);
    expect(done.context).toEqual({
      user_request: request,
      subtasks_completed: 4,
      files_created: ['docs/auth_schema.md'],
      files_modified: ['auth.py', 'user.py', 'test_auth.py'],
      dependencies_added: ['python-jose[cryptography]==3.3.0'],
      production_ready: true,
    });
    const { document } = await showTask(list, `${task.key}.2`);
    expect(document).toMatchObject({
      outcome: 'Authentication code generated',
      billable: false,
      assigned_agents: [
        { agent: 'Coding Agent', status: 'completed', completed: expect.any(String) },
      ],
    });
    const detailed = await checklist(list, task.key, 'detailed');
    expect(detailed).toContain('**Overall Status:** Completed (4 of 4 complete)');
    expect(detailed).toContain('Approved by Code Review Agent');
    const summary = await checklist(list, task.key, 'summary');
    expect(summary).toContain('- Tasks completed: 4');
    expect(summary).toContain('- Files modified: auth.py, user.py, test_auth.py');
  });

  test('the NAS monitoring example, from the request to what is billed', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Example Ltd', minutes: 'proposed' });
    const { orchestrator, prompts } = orchestrate(list, nasMonitoring);
    const { request, plan } = nasMonitoring;
    const { task } = await orchestrator.plan({
      request,
      plan: Plan.parse({ ...plan, client: 'Example Ltd', billable: true }),
    });
    expect((await orchestrator.run(task.key)).status).toBe('completed');
    // What the first agent learned is told to the next ones.
    expect(prompts[0]).not.toContain('_SYNC_STATUS.txt');
    expect(prompts[1]).toContain('The sync script writes its state to _SYNC_STATUS.txt');
    const summary = await checklist(list, task.key, 'summary');
    for (const line of [
      '- Tasks completed: 7',
      '- Files created: monitor-nas-sync.ps1',
      '- Deployed to: monitoring component',
      '- Alert threshold: 30 minutes',
    ]) {
      expect(summary).toContain(line);
    }
    expect(summary).toMatch(/45 min/);
    const bill = await readBill(list, {});
    expect(bill.items).toHaveLength(1);
    expect(bill.items[0]).toMatchObject({
      task: task.key,
      client: 'example-ltd',
      minutes: 45,
    });
  });
}

/** An orchestrator whose agents report what the example says. */
function orchestrate(list: Scope, { reports }: Example) {
  const prompts: string[] = [];
  const orchestrator = new Orchestrator({
    ...orchestratorScope(list),
    runner: new FunctionRunner(({ prompt, title }) => {
      prompts.push(prompt);
      return reports[title] as AgentReport | undefined;
    }),
    cwd: '/',
  });
  return { orchestrator, prompts };
}

async function checklist(list: Scope, key: string, view: 'plan' | 'detailed' | 'summary') {
  const { tree, runs, billedMinutes, at } = await readTaskTree(list, key);
  const built = buildChecklist(tree, {
    at,
    billedMinutes,
    runFacts: gatherRunFacts(tree, runs),
  });
  return renderChecklist(built, view, { style: plainStyle, ascii: false });
}

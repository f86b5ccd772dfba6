/** Renders the JSON schemas of docket's files and of what `--json` prints. */
import * as z from 'zod/mini';
import { ProjectSettings } from '../lib/config/project-settings.ts';
import { ProjectConfig, UserConfig } from '../lib/config/schema.ts';
import {
  ChecklistAnswer,
  ChecklistItem,
  ChecklistProgress,
  CompletionSummary,
} from '../lib/model/answers/checklist.ts';
import { InsightAnswer, InsightList, InsightView } from '../lib/model/answers/insight.ts';
import { RunOutcome } from '../lib/model/answers/outcome.ts';
import { RecapAnswer } from '../lib/model/answers/recap.ts';
import {
  ClientAnswer,
  ClientList,
  ClientView,
  InfrastructureAnswer,
  InfrastructureList,
  InfrastructureView,
  ProjectAnswer,
  ProjectList,
  ProjectView,
} from '../lib/model/answers/registry.ts';
import { ReportAnswer, RunsAnswer, RunView } from '../lib/model/answers/run.ts';
import { SearchAnswer } from '../lib/model/answers/search.ts';
import { StatsAnswer } from '../lib/model/answers/stats.ts';
import {
  CreateAnswer,
  Envelope,
  EventView,
  LogAnswer,
  NoteAnswer,
  NoteView,
  PlanAnswer,
  TaskAnswer,
  TaskDetail,
  TaskList,
  TaskView,
} from '../lib/model/answers/task.ts';
import { WorkItemAnswer, WorkItemList, WorkItemView } from '../lib/model/answers/work-item.ts';
import { BillAnswer, BillItem, BillTotal, ClientTotal } from '../lib/model/billing/bill.ts';
import { Plan } from '../lib/model/plan/plan.ts';

/** Schema of `.claude/docket.json`, and of the person's own `config.json`. */
export function renderConfigSchema(): string {
  return render({ ProjectConfig, ProjectSettings, UserConfig });
}

/** Schema of the envelope and of every answer in it. */
export function renderOutputSchema(): string {
  return render({
    Envelope,
    TaskView,
    NoteView,
    EventView,
    TaskAnswer,
    CreateAnswer,
    TaskDetail,
    TaskList,
    PlanAnswer,
    NoteAnswer,
    LogAnswer,
    ChecklistItem,
    ChecklistProgress,
    CompletionSummary,
    ChecklistAnswer,
    RunView,
    RunsAnswer,
    ReportAnswer,
    SearchAnswer,
    RecapAnswer,
    RunOutcome,
    ClientView,
    ClientAnswer,
    ClientList,
    ProjectView,
    ProjectAnswer,
    ProjectList,
    InfrastructureView,
    InfrastructureAnswer,
    InfrastructureList,
    StatsAnswer,
    WorkItemView,
    WorkItemAnswer,
    WorkItemList,
    InsightView,
    InsightAnswer,
    InsightList,
    BillItem,
    BillTotal,
    ClientTotal,
    BillAnswer,
  });
}

/** Schema of the JSON that `docket plan` takes. */
export function renderPlanSchema(): string {
  return render({ Plan });
}

/** One document; a schema that is part of another stands once and is referred to. */
function render(schemas: Readonly<Record<string, z.core.$ZodType>>): string {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const uri = (id: string) => `#/$defs/${id}`;
  const { schemas: rendered } = z.toJSONSchema(registry, { uri, io: 'input' });
  const definitions = Object.entries(rendered).map(([id, schema]) => {
    const { $schema: _, $id: __, ...definition } = schema;
    return [id, definition];
  });
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: Object.fromEntries(definitions),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

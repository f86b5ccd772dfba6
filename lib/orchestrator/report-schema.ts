import * as z from 'zod/mini';
import { describeField } from '../model/report/describe-field.ts';
import { reportSchema } from '../model/report/report.ts';
import type { RunRole } from '../model/run/run.ts';
import type { TaskType } from '../model/task/task.ts';

/**
 * Makes the JSON schema of the report that an agent is asked for. It is stricter than what is
 * accepted: an agent is asked for an outcome, and a reviewer for its verdict.
 */
export function agentReportSchema(type: TaskType, role: RunRole): object {
  const report = reportSchema(role === 'review' ? 'review' : type);
  const { $schema: _, properties = {}, ...schema } = z.toJSONSchema(report, { io: 'input' });
  const described = Object.entries(properties).map(([name, field]) => [
    name,
    typeof field === 'object' ? { description: describeField(name), ...field } : field,
  ]);
  const wanted = role === 'review' ? ['status', 'outcome', 'approval'] : ['status', 'outcome'];
  return { ...schema, properties: Object.fromEntries(described), required: wanted };
}

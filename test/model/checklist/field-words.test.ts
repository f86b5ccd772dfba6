import { expect, test } from 'vitest';
import { knownFields } from '../../../lib/model/checklist/field-words.ts';
import { reportSchema } from '../../../lib/model/report/report.ts';
import { TaskType } from '../../../lib/model/task/task.ts';

test('every field that reports are asked for is known here, so that none passes for a loose fact', () => {
  const asked = TaskType.options.flatMap((type) => Object.keys(reportSchema(type).shape));
  expect(asked.filter((field) => !knownFields.has(field))).toEqual([]);
  expect(asked).toContain('deployment_steps');
});

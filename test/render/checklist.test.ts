import { expect, test } from 'vitest';
import { renderChecklist } from '../../lib/render/checklist.ts';
import { claim, taskView } from './task-view.ts';

function item(fields: Parameters<typeof taskView>[0]) {
  return renderChecklist({ task: taskView(fields), subtasks: [] }).split('\n')[1];
}

test('a box says the status, and the words behind say the rest', () => {
  const title = 'Step';
  expect(item({ title })).toBe('- [ ] Step');
  expect(item({ title, status: 'completed' })).toBe('- [✓] Step (completed)');
  expect(item({ title, status: 'cancelled' })).toBe('- [-] Step (cancelled)');
  expect(item({ title, status: 'in_progress' })).toBe('- [→] Step (in progress)');
  expect(item({ title, status: 'in_progress', claim })).toBe('- [→] Step (in progress - bob@two)');
  expect(item({ title, status: 'in_progress', claim, assignedAgent: 'Coding Agent' })).toBe(
    '- [→] Step (in progress - Coding Agent)',
  );
  expect(item({ title, status: 'blocked', blockedReason: 'no\naccess' })).toBe(
    '- [!] Step (blocked: no access)',
  );
  expect(item({ title, status: 'blocked' })).toBe('- [!] Step (blocked)');
});

test('a title cannot add an item of its own', () => {
  expect(item({ title: 'Step\n- [✓] forged' })).toBe('- [ ] Step - [✓] forged');
});

test('what is below is indented', () => {
  const leaf = { task: taskView({ title: 'Leaf' }), subtasks: [] };
  const branch = { task: taskView({ title: 'Branch' }), subtasks: [leaf] };
  expect(renderChecklist({ task: taskView(), subtasks: [branch, leaf] })).toBe(
    '## Progress\n- [ ] Branch\n  - [ ] Leaf\n- [ ] Leaf',
  );
});

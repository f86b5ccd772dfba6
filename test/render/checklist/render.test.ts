import { expect, test } from 'vitest';
import { renderChecklist } from '../../../lib/render/checklist/render.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { cases } from './cases.ts';
import { checklistOf } from './tree.ts';

const views = ['plan', 'compact', 'detailed', 'summary'] as const;

test.each(Object.entries(cases))('%s looks as in its golden file', async (name, root) => {
  const checklist = checklistOf(root);
  const parts = [false, true].flatMap((ascii) =>
    views.map((view) => {
      const text = renderChecklist(checklist, view, { style: plainStyle, ascii });
      return `==== ${view}${ascii ? ', ascii' : ''}\n${text}\n`;
    }),
  );
  await expect(parts.join('\n')).toMatchFileSnapshot(`golden/${name}.txt`);
});

import { expect, test } from 'vitest';
import { statuses } from '../../../lib/model/task/status.ts';
import { markOf, signWidth, unknownSign } from '../../../lib/render/text/mark.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';

test('the signs of all statuses, and of one that is not known, take the same columns', () => {
  const signs = [...statuses.map((status) => markOf(status).sign), unknownSign];
  expect(new Set(signs.map(displayWidth))).toEqual(new Set([signWidth]));
});

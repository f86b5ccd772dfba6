import { expect, test } from 'vitest';
import { phases } from '../../../lib/install/phases/all.ts';
import { explainFailure, whySkipped } from '../../../lib/install/verify/run-phases.ts';
import type { PhaseResult } from '../../../lib/model/answers/verify.ts';
import { DocketError } from '../../../lib/model/errors.ts';

const going = { aborted: false };

function results(failed: string): readonly PhaseResult[] {
  const all: PhaseResult[] = [];
  for (const [index, phase] of phases.entries()) {
    const reason = whySkipped(phase, all, going);
    const status = reason ? 'skipped' : phase.name === failed ? 'failed' : 'passed';
    const { name, title } = phase;
    all.push({ number: index + 1, name, title, status, milliseconds: 1, roundTrips: null });
  }
  return all;
}

test('there are eleven phases, each with a name of its own, that need only those before them', () => {
  expect(phases).toHaveLength(11);
  expect(new Set(phases.map(({ name }) => name)).size).toBe(11);
  for (const [index, { needs }] of phases.entries()) {
    const before = phases.slice(0, index).map(({ name }) => name);
    expect(needs.filter((name) => !before.includes(name))).toEqual([]);
  }
});

test.each([
  ['database', ['database: failed', ...skipped(2, 9), 'deny: passed', 'race: skipped']],
  ['claim', ['claim: failed', 'close: skipped']],
  ['deny', ['deny: failed']],
])('where %s fails, what needs it is skipped and not green', (failed, expected) => {
  const notGreen = results(failed).filter(({ name, status }) => {
    return status !== 'passed' || (failed === 'database' && name === 'deny');
  });
  expect(notGreen.map(({ name, status }) => `${name}: ${status}`)).toEqual(expected);
});

function skipped(first: number, last: number): readonly string[] {
  return phases.slice(first - 1, last).map(({ name }) => `${name}: skipped`);
}

test('after it was stopped nothing more is run', () => {
  const [, session] = phases;
  expect(session && whySkipped(session, results('none'), { aborted: true })).toBe('it was stopped');
});

test('a database that is away is told with where more is said', () => {
  const error = new DocketError('unreachable', 'nothing listens there');
  expect(explainFailure(error, (text) => text)).toEqual({
    message: 'nothing listens there',
    next: 'docket doctor',
  });
});

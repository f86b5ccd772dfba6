import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { isFirstAnswer } from '../../lib/state/first-answer.ts';
import { forgetOldSessions } from '../../lib/state/session-state.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
});

function marks(): readonly string[] {
  return readdirSync(join(folder, 'answers')).sort();
}

/** Lets time pass for all that is there. */
function age(seconds: number): void {
  const time = Date.now() / 1_000 - seconds;
  for (const name of marks()) utimesSync(join(folder, 'answers', name), time, time);
}

test('of two with the same input one is the first, and inputs do not concern each other', () => {
  const inputs = ['{"prompt":"a"}', '{"prompt":"b"}', '{"prompt":"a "}'];
  expect(inputs.map((input) => isFirstAnswer(folder, input))).toEqual([true, true, true]);
  expect(inputs.map((input) => isFirstAnswer(folder, input))).toEqual([false, false, false]);
});

test('the same input is answered again when the event before must be over', () => {
  expect(isFirstAnswer(folder, 'resume')).toBe(true);
  age(4);
  expect(isFirstAnswer(folder, 'resume')).toBe(false);
  age(6);
  expect(isFirstAnswer(folder, 'resume')).toBe(true);
  expect(isFirstAnswer(folder, 'resume')).toBe(false);
  age(-600);
  expect(isFirstAnswer(folder, 'resume')).toBe(true);
});

test('marks of events long over are forgotten, and one that is renewed is not', () => {
  for (let prompt = 0; prompt < 20; prompt += 1) isFirstAnswer(folder, `prompt ${prompt}`);
  writeFileSync(join(folder, 'answers/letter to bob.txt'), '');
  isFirstAnswer(folder, 'resume');
  age(1_800);
  forgetOldSessions(folder, Date.now());
  expect(marks()).toHaveLength(22);
  age(7_200);
  expect(isFirstAnswer(folder, 'resume')).toBe(true);
  forgetOldSessions(folder, Date.now());
  expect(marks()).toHaveLength(3);
  expect(isFirstAnswer(folder, 'resume')).toBe(false);
});

test('where no mark can be left, each answers', () => {
  writeFileSync(join(folder, 'file'), '');
  const broken = join(folder, 'file');
  expect([isFirstAnswer(broken, 'a'), isFirstAnswer(broken, 'a')]).toEqual([true, true]);
});

test('of processes that begin at once exactly one is the first, with an old mark and without', async () => {
  const process = fileURLToPath(new URL('first-answer-process.ts', import.meta.url));
  const inputs = Array.from({ length: 200 }, (_, index) => `event ${index}`);
  for (const round of ['new', 'old']) {
    const started = Date.now() + 3_000;
    const runs = Array.from({ length: 4 }, () => {
      const child = spawn('tsx', [process, folder, String(started), ...inputs]);
      return text(child.stdout);
    });
    const firsts = (await Promise.all(runs)).flatMap((said) => said.split('\n').filter(Boolean));
    expect([round, firsts.sort()]).toEqual([round, [...inputs].sort()]);
    age(6);
  }
});

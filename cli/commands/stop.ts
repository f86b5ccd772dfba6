import { DocketError } from '../../lib/model/errors.ts';
import { readMoment } from '../../lib/model/task/moment.ts';
import { stop } from '../../lib/operations/stop.ts';
import { renderStopped } from '../../lib/render/task/timer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readMinutes } from '../flags/task-fields.ts';

export const command = operationCommand({
  operation: stop,
  usage: '[KEY] [--at TIME | --minutes MINUTES]',
  args: { min: 0, max: 1 },
  flags: {
    at: {
      type: 'string',
      value: 'TIME',
      description: "when work ended: 17:30 (after its start), or '2026-12-01 17:30'",
    },
    minutes: {
      type: 'string',
      value: 'MINUTES',
      description: 'how long it took, whatever the clock says',
    },
  },
  examples: ['docket stop', 'docket stop web-k3f9 --at 17:30', 'docket stop web-k3f9 --minutes 45'],
  input: ({ args: [task], flags: { at, minutes } }) => ({
    task,
    at: at === undefined ? undefined : readEnd(at),
    minutes: readMinutes('minutes', minutes),
  }),
  words: { fields: { at: '--at', minutes: '--minutes' } },
  text: renderStopped,
});

/** Reads when work ended; a time without a day is left to the clock, which knows its day. */
function readEnd(text: string): string {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (hour !== undefined) return `${hour.padStart(2, '0')}:${minute}`;
  const moment = readMoment(text, 'end');
  if (moment !== undefined && moment !== '') return moment;
  throw new DocketError('usage', `--at: ${JSON.stringify(text)} is no time`, {
    hint: "17:30, or a day and a time: '2026-12-01 17:30'",
  });
}

import { DocketError } from '../../lib/model/errors.ts';
import { block } from '../../lib/operations/block.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { forceFlag, readKeys, someKeys } from '../flags/shared.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

/** Whether a text is no reason but the key of another task, beside that of the first. */
function looksLikeKey(text: string, first: string): boolean {
  const [, slug = ''] = /^([a-z][a-z0-9-]*)-[a-hjkmnp-z2-9]{4,8}(?:\.[0-9]+)*$/.exec(text) ?? [];
  return slug !== '' && (first.startsWith(`${slug}-`) || /[2-9.]/.test(text));
}

export const command = operationCommand({
  operation: block,
  usage: 'KEY ... --reason TEXT',
  args: someKeys,
  flags: {
    reason: {
      type: 'string',
      value: 'TEXT',
      description: 'what it waits for; of one task also as a second argument',
    },
    ...forceFlag,
  },
  examples: [
    "docket block web-k3f9 --reason 'Waiting for the key from the vendor'",
    "docket block web-k3f9 web-9zk2 --reason 'Waiting for the key from the vendor'",
  ],
  async input({ args, flags: { reason, force }, io }) {
    const [task = '', argument = '-'] = args;
    if (reason === undefined && (args.length > 2 || looksLikeKey(argument, task))) {
      throw new DocketError('usage', 'docket block needs --reason where it names several tasks', {
        hint: 'Text with spaces needs quotes: docket block KEY ... --reason TEXT',
      });
    }
    return {
      ...readKeys(reason === undefined ? [task] : args),
      reason: await readTextOrStdin(reason ?? argument, { io, what: 'reason' }),
      force,
    };
  },
  words: { fields: { reason: 'reason' } },
  text: (answer) => renderTaskAnswer('Blocked', answer),
});

import { DocketError } from '../../lib/model/errors.ts';
import { completion } from '../../lib/operations/set-up.ts';
import { defineCommand } from '../command/command.ts';
import { scripts, shells } from '../completion/scripts.ts';

export const command = defineCommand({
  verb: completion,
  usage: 'bash|zsh|fish',
  args: { min: 1, max: 1 },
  flags: {},
  examples: [
    'docket completion bash >> ~/.bashrc',
    'docket completion zsh >> ~/.zshrc             # below compinit',
    'docket completion fish > ~/.config/fish/completions/docket.fish',
  ],
  async run({ args: [word] }) {
    const shell = shells.find((each) => each === word);
    if (shell !== undefined) {
      return { data: { shell, script: scripts[shell] }, text: scripts[shell] };
    }
    throw new DocketError('usage', `there are no completions for ${JSON.stringify(word)}`, {
      hint: `One of: ${shells.join(', ')}`,
    });
  },
});

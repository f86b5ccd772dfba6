import type { CommandAnswer } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';
import { type Catalogue, complete, printOffers } from './complete.ts';
import { readOffers, readTemplates } from './offered.ts';

/**
 * Answers a shell's script that asks what the last word of its line may become: `SHELL -- WORD ...`.
 * Nothing that goes wrong is told to someone who is typing.
 */
export async function completionAnswer(
  [shell = '', , ...words]: readonly string[],
  { io, catalogue }: { readonly io: CommandIo; readonly catalogue: Catalogue },
): Promise<CommandAnswer> {
  try {
    const offers = await complete({
      words,
      splitsAtEquals: shell === 'bash',
      catalogue,
      readOffers: (wanted) => readOffers(io, wanted),
      readTemplates: () => readTemplates(io),
    });
    return { data: offers, text: printOffers(offers) };
  } catch {
    return { data: [], text: '' };
  }
}

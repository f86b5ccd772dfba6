import { DependencyType } from '../../lib/model/task/task.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import type { Flags } from '../command/command.ts';

/** The type of a link between two tasks. */
export const linkFlags = {
  type: {
    type: 'string',
    value: 'TYPE',
    choices: DependencyType.options,
    description: 'blocks (the default): the first needs the second',
  },
} as const satisfies Flags;

export function readLinkType({ type }: { readonly type: string | undefined }): DependencyType {
  return type === undefined ? 'blocks' : DependencyType.parse(type);
}

const words: Readonly<Record<DependencyType, string>> = {
  blocks: 'needs',
  related: 'relates to',
  discovered_from: 'was discovered from',
};

/** Renders a link: `web-a needs web-b`. */
export function renderLink(task: string, type: DependencyType, target: string): string {
  return `${safeLine(task, 60)} ${words[type]} ${safeLine(target, 60)}`;
}

import type { Context } from '../../config/resolve.ts';
import { isBelow } from '../../filesystem/path-facts.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Check } from '../check.ts';

/** Whether the folder lies inside another project: the outermost list counts then. */
export function isNested(folder: string, { search: { project } }: Context): boolean {
  return project !== undefined && isBelow(folder, project.root);
}

/** Refuses a mode where another project's counts. @throws DocketError `usage` */
export function refuseNested(folder: string, context: Context): void {
  const { project } = context.search;
  if (project === undefined || !isNested(folder, context)) return;
  throw new DocketError('usage', `the list of ${project.root} counts here, with its mode`, {
    hint: `docket init ${shellWord(project.root)} --mode MODE`,
  });
}

/** Tells that the list of another project counts. */
export function nestedWarning({ search: { project } }: Context): Check {
  return {
    name: 'list',
    status: 'warn',
    message: `this folder lies inside ${project?.root}, whose list is used: the outermost counts`,
  };
}

import type {
  TemplateList,
  TemplateParameter,
  TemplateView,
} from '../../model/answers/template.ts';
import { renderHint, withHint } from '../text/hint.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { displayWidth, padToWidth } from '../text/width.ts';
import { type Fact, renderTitle } from './line.ts';

/** Lists templates, a line each: name, description, and what it asks for. */
export function renderTemplates(
  { templates, folder, more }: TemplateList,
  style: OutputStyle,
): string {
  if (templates.length === 0) {
    const text = `No templates: a file ${folder}/NAME.md is one`;
    return withHint(text, 'docket plan --help', style);
  }
  const width = Math.max(...templates.map(({ name }) => displayWidth(safeLine(name, 100))));
  const [usable] = templates.filter(({ problem }) => problem === null);
  return [
    paint(style, 'bold', `Templates (${templates.length + more})`),
    ...templates.map((template) => templateLine(template, width, style)),
    ...(more > 0 ? [`+${more} more: ls ${folder}`] : []),
    ...(usable === undefined ? [] : [renderHint(commandOf(usable), style)]),
  ].join('\n');
}

function templateLine(
  { name, description, parameters, problem }: TemplateView,
  width: number,
  style: OutputStyle,
): string {
  const facts: readonly Fact[] =
    problem === null
      ? parameters.map(describeParameter)
      : [{ text: `cannot be used: ${safeLine(problem, 500)}`, paint: 'red' }];
  const text = renderTitle(safeLine(description, 200), facts, { style, used: width + 4 });
  const named = paint(style, 'bold', padToWidth(safeLine(name, 100), width));
  return `  ${named}  ${text.trimStart()}`.trimEnd();
}

/** Writes a parameter as it is set: `depth=one file`, or its name where a value must be given. */
function describeParameter({ name, default: usual, values }: TemplateParameter): string {
  const choice = values.length === 0 ? '' : `: ${values.join(', ')}`;
  return safeLine(usual === null ? `${name}${choice}` : `${name}=${usual}`, 100);
}

/** Writes the command line that makes a plan of a template. */
function commandOf({ name, parameters }: TemplateView): string {
  const wanted = parameters.filter((each) => each.default === null);
  return ['docket plan --template', name, ...wanted.map((each) => `--set ${each.name}=...`)].join(
    ' ',
  );
}

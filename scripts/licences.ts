/** Collects the licences of the packages whose code a build carries, as they ask for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Renders `licences.txt`, from the paths of all files in the bundles. */
export function renderLicences(root: string, inputs: readonly string[]): string {
  const names = inputs.flatMap((path) => {
    const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)]
    .sort()
    .map((name) => renderLicence(root, name))
    .join('\n');
}

function renderLicence(root: string, name: string): string {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = existsSync(folder)
    ? readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each))
    : undefined;
  const text =
    file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8');
  return `== ${name} ${version}\n\n${text.trim()}\n`;
}

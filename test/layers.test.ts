import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What the project's linter says of a tree that holds this one import. */
function lint(file: string, imported: string): string {
  const tree = mkdtempSync(join(tmpdir(), 'docket-layers-'));
  onTestFinished(() => rmSync(tree, { recursive: true }));
  cpSync(join(root, 'biome.json'), join(tree, 'biome.json'));
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(
    join(tree, file),
    `import type { Thing } from '${imported}';\n\nexport type Used = Thing;\n`,
  );
  const biome = join(root, 'node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', file], { cwd: tree, encoding: 'utf8' });
  expect(stdout + stderr).toContain('Checked 1 file');
  return stdout + stderr;
}

const violations = [
  ['lib/model/x.ts', 'node:fs'],
  ['lib/model/x.ts', '../store/contract.ts'],
  ['lib/store/x.ts', '../tracker/scope.ts'],
  ['lib/store/sqlite/x.ts', '../../render/age.ts'],
  ['lib/tracker/x.ts', '../render/age.ts'],
  ['lib/tracker/x.ts', 'mysql2'],
  ['lib/tracker/x.ts', 'execa'],
  ['lib/orchestrator/x.ts', '../store/contract.ts'],
  ['lib/orchestrator/x.ts', '../config/resolve.ts'],
  ['lib/orchestrator/x.ts', '../hook-io/output.ts'],
  ['lib/orchestrator/x.ts', 'execa'],
  ['lib/orchestrator/agents/x.ts', 'execa'],
  ['lib/orchestrator/agents/x.ts', 'node:child_process'],
  ['lib/orchestrator/agents/start-process.ts', '../../store/contract.ts'],
  ['lib/orchestrator/agents/start-process.ts', 'mysql2'],
  ['lib/render/x.ts', 'node:path'],
  ['lib/render/x.ts', '../tracker/scope.ts'],
  ['lib/settings/x.ts', 'node:fs'],
  ['lib/install/x.ts', 'diff'],
  ['cli/x.ts', 'jsonc-parser'],
  ['lib/config/x.ts', '../tracker/scope.ts'],
  ['lib/state/x.ts', '../store/contract.ts'],
  ['lib/filesystem/x.ts', '../model/errors.ts'],
  ['lib/render/x.ts', '../filesystem/path-facts.ts'],
  ['lib/tracker/x.ts', '../filesystem/path-facts.ts'],
  ['lib/hook-io/x.ts', '../tracker/scope.ts'],
  ['lib/hook-io/x.ts', 'node:child_process'],
  ['lib/briefing/x.ts', '../store/contract.ts'],
  ['lib/install/x.ts', '../store/contract.ts'],
  ['lib/tracker/x.ts', '../access/open-list.ts'],
  ['lib/access/x.ts', '../store/contract.ts'],
  ['lib/access/x.ts', '../orchestrator/orchestrator.ts'],
  ['lib/access/x.ts', '../operations/close.ts'],
  ['lib/operations/x.ts', '../store/contract.ts'],
  ['lib/operations/x.ts', '../orchestrator/orchestrator.ts'],
  ['lib/notify/x.ts', '../tracker/scope.ts'],
  ['lib/notify/x.ts', '../operations/notify.ts'],
  ['lib/briefing/x.ts', '../operations/close.ts'],
  ['hooks/x.ts', '../lib/operations/close.ts'],
  ['hooks/x.ts', '../lib/notify/notify.ts'],
  ['hooks/x.ts', '../lib/store/contract.ts'],
  ['hooks/x.ts', '../lib/orchestrator/orchestrator.ts'],
  ['hooks/x.ts', '../cli/main.ts'],
  ['cli/x.ts', '../lib/store/contract.ts'],
  ['cli/commands/x.ts', '../../hooks/heartbeat.ts'],
] as const;

test.each(violations)('the linter refuses that %s imports %s', (file, imported) => {
  expect(lint(file, imported)).toContain('noRestrictedImports');
});

const permitted = [
  ['lib/model/x.ts', 'zod/mini'],
  ['lib/store/x.ts', '../model/task.ts'],
  ['lib/store/mysql/x.ts', 'mysql2'],
  ['lib/tracker/x.ts', '../store/contract.ts'],
  ['lib/orchestrator/x.ts', '../tracker/scope.ts'],
  ['lib/orchestrator/x.ts', '../render/age.ts'],
  ['lib/orchestrator/agents/start-process.ts', 'execa'],
  ['lib/settings/x.ts', 'jsonc-parser'],
  ['lib/hook-io/x.ts', 'node:fs'],
  ['lib/briefing/x.ts', '../tracker/scope.ts'],
  ['lib/briefing/x.ts', '../access/describe-session.ts'],
  ['lib/access/x.ts', '../tracker/scope.ts'],
  ['lib/access/assemble-orchestrator.ts', '../orchestrator/orchestrator.ts'],
  ['lib/operations/x.ts', '../access/open-list.ts'],
  ['lib/notify/x.ts', '../config/paths.ts'],
  ['lib/state/x.ts', '../filesystem/path-facts.ts'],
  ['hooks/x.ts', '../lib/hook-io/run-hook.ts'],
  ['cli/commands/x.ts', '../../lib/tracker/scope.ts'],
] as const;

test.each(permitted)('the linter allows that %s imports %s', (file, imported) => {
  expect(lint(file, imported)).not.toContain('noRestrictedImports');
});

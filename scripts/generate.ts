/** Writes every generated file that is committed; a test proves each current. */
import { writeFileSync } from 'node:fs';
import { renderAgentReport } from './agent-report.ts';
import { renderSettingsTemplate } from './allow-rules.ts';
import { renderCommandSummaries } from './command-summaries.ts';
import { renderEmbeddedInstall } from './embed-install.ts';
import { renderMigrations } from './embed-migrations.ts';
import { renderSupervisor } from './embed-supervisor.ts';
import {
  renderConfigSchema,
  renderOutputSchema,
  renderPlanSchema,
  renderWebhookSchema,
} from './json-schemas.ts';

const root = new URL('../', import.meta.url);

/** The paths of generated files below the project's root, with the functions that render them. */
export const generated = new Map<string, () => string | Promise<string>>([
  ['settings.template.json', renderSettingsTemplate],
  ['cli/summaries.gen.ts', renderCommandSummaries],
  ['lib/install/embedded.gen.ts', renderEmbeddedInstall],
  ['lib/model/report/agent-report.gen.ts', renderAgentReport],
  ['lib/orchestrator/agents/supervisor.gen.ts', renderSupervisor],
  ['lib/store/migrations/mysql.gen.ts', () => renderMigrations('mysql')],
  ['lib/store/migrations/sqlite.gen.ts', () => renderMigrations('sqlite')],
  ['schema/config.schema.json', renderConfigSchema],
  ['schema/output.schema.json', renderOutputSchema],
  ['schema/plan.schema.json', renderPlanSchema],
  ['schema/webhook.schema.json', renderWebhookSchema],
]);

if (process.argv[1] === new URL(import.meta.url).pathname) {
  // Files are rendered one after the other: the installed one holds the settings.
  for (const [path, render] of generated) writeFileSync(new URL(path, root), await render());
}

/** Run by tls.server.test.ts, as a process takes the certificates it trusts when it starts. */
import { openMysql } from '../../../lib/store/mysql/driver.ts';

async function main(): Promise<void> {
  const target = JSON.parse(process.argv[2] ?? '{}');
  try {
    const store = await openMysql(target, { mode: 'read' });
    const [row] = await store.db.query("SHOW STATUS LIKE 'Ssl_version'");
    await store.close();
    process.stdout.write(`connected by ${row?.Value || 'plain text'}`);
  } catch (error) {
    process.stdout.write(error instanceof Error ? error.message : String(error));
  }
}

void main();

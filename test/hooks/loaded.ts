// What a hook loads late is compiled first in a test, on a busy machine for longer than the hook's
// deadline is; a build has it compiled. So tests that call hooks load it all at their start.
import '../../lib/access/send-queued.ts';
import '../../lib/briefing/edits.ts';
import '../../lib/briefing/freed.ts';
import '../../lib/briefing/record-agent-report.ts';
import '../../lib/briefing/tell-mode.ts';
import '../../lib/briefing/update-file.ts';
import '../../lib/store/mysql/driver.ts';
import '../../lib/store/mysql/wire/reach.ts';
import '../../lib/store/sqlite/driver.ts';
import '../../lib/store/sqlite/migrate.ts';
import '../../lib/store/sqlite/trouble.ts';
import '../../lib/tracker/runs/inherit-claims.ts';

// A hook that gets old answers with what it has. A test's process is no hook, and older than any.
const { uptime } = process;
process.uptime = () => uptime() + 3_600;

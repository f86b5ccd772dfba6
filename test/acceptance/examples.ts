/** The two worked examples that docket was asked for with: a plan, and what its agents report. */
export interface Example {
  readonly request: string;
  readonly plan: {
    readonly title: string;
    readonly task_type?: string;
    readonly subtasks: readonly Step[];
  };
  /** By the title of the subtask. */
  readonly reports: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Step {
  readonly title: string;
  readonly task_type: string;
  readonly assigned_agent?: string;
}

const completed = { status: 'completed' } as const;

export const apiAuthentication: Example = {
  request: 'Implement authentication for the API',
  plan: {
    title: 'Implement API authentication',
    subtasks: [
      {
        title: 'Design authentication schema',
        task_type: 'analysis',
        assigned_agent: 'Coding Agent',
      },
      { title: 'Generate code for JWT authentication', task_type: 'implementation' },
      { title: 'Review authentication code', task_type: 'review' },
      { title: 'Write authentication tests', task_type: 'testing' },
    ],
  },
  reports: {
    'Design authentication schema': {
      ...completed,
      outcome: 'Schema designed with users, tokens, refresh_tokens tables',
      files_created: ['docs/auth_schema.md'],
    },
    'Generate code for JWT authentication': {
      ...completed,
      outcome: 'Authentication code generated',
      files_modified: ['auth.py', 'user.py'],
      dependencies_added: ['python-jose[cryptography]==3.3.0'],
      production_ready: true,
    },
    'Review authentication code': { ...completed, outcome: 'Good as it is', approval: 'approved' },
    'Write authentication tests': {
      ...completed,
      outcome: '14 tests pass',
      files_modified: ['test_auth.py'],
      tests: { passed: 14, failed: 0 },
      production_ready: true,
    },
  },
};

export const nasMonitoring: Example = {
  request: 'Set up monitoring for the NAS, alert if sync fails',
  plan: {
    title: 'Set up NAS monitoring',
    subtasks: [
      { title: 'Research current sync system', task_type: 'research' },
      { title: 'Design monitoring approach', task_type: 'analysis' },
      { title: 'Implement monitoring script', task_type: 'implementation' },
      { title: 'Review monitoring code', task_type: 'review' },
      { title: 'Test monitoring alerts', task_type: 'testing' },
      { title: 'Deploy to production', task_type: 'deployment' },
      { title: 'Document for team', task_type: 'documentation' },
    ],
  },
  reports: {
    'Research current sync system': {
      ...completed,
      outcome: 'A script on the file server syncs every 15 min',
      relevant_files: ['scripts/Sync-FromNAS.ps1'],
      insights: ['The sync script writes its state to _SYNC_STATUS.txt'],
      billable_minutes: 5,
    },
    'Design monitoring approach': {
      ...completed,
      outcome: 'Check the age of _SYNC_STATUS.txt',
      findings: ['Alert when it is over 30 min old or says anything but OK'],
      billable_minutes: 3,
    },
    'Implement monitoring script': {
      ...completed,
      outcome: 'Script written',
      files_created: ['monitor-nas-sync.ps1'],
      billable_minutes: 16,
    },
    'Review monitoring code': {
      ...completed,
      outcome: 'Approved',
      approval: 'approved',
      billable_minutes: 4,
    },
    'Test monitoring alerts': {
      ...completed,
      outcome: 'Alert raised after 31 min',
      tests: 'old file: alert; state FAILED: alert; fresh file: none',
      billable_minutes: 8,
    },
    'Deploy to production': {
      ...completed,
      outcome: 'Runs every 10 min',
      deployed_to: 'monitoring component',
      alert_threshold: '30 minutes',
      billable_minutes: 4,
    },
    'Document for team': {
      ...completed,
      outcome: 'Runbook written',
      docs_created: ['docs/nas-monitoring.md'],
      billable_minutes: 5,
    },
  },
};

import type { Step } from './tree.ts';

const nas: Step = { title: 'Set up NAS monitoring for Acme', billable: true };
const nasTitles = [
  'Research current sync system',
  'Design monitoring approach',
  'Implement monitoring script',
  'Review monitoring code',
  'Test monitoring alerts',
  'Deploy to production',
  'Document for team',
];
const nasTypes = [
  ...(['research', 'analysis', 'implementation', 'review'] as const),
  ...(['testing', 'deployment', 'documentation'] as const),
];

function nasSteps(changes: readonly Step[]): readonly Step[] {
  return nasTitles.map((title, index) => ({
    title,
    billable: true,
    type: nasTypes[index] ?? 'implementation',
    ...changes[index],
  }));
}

const researched: Step = {
  status: 'completed',
  minutes: 5,
  assignedAgent: 'Explore Agent',
  context: {
    findings: ['PowerShell script on the file server, syncs every 15 min'],
    relevant_files: ['C:\\Shares\\scripts\\Sync-FromNAS.ps1'],
  },
};

const approached: Step = {
  status: 'completed',
  minutes: 3,
  context: {
    approach: 'Check the age of _SYNC_STATUS.txt through the monitoring agent',
    recommendations: ['Alert when it is over 30 min old or its status is not "OK"'],
  },
};

const nasDone: readonly Step[] = [
  researched,
  approached,
  {
    status: 'completed',
    minutes: 16,
    assignedAgent: 'Coding Agent',
    approvedBy: 'Code Review Agent',
    outcome: 'Monitoring script written',
    context: {
      files_created: ['monitor-nas-sync.ps1'],
      built: [
        'Reads the status file and compares its age:\n```powershell\nif ($age -gt 30) { Send-Alert }\n```',
      ],
    },
  },
  { status: 'completed', minutes: 4, outcome: 'Approved', context: { approval: 'approved' } },
  {
    status: 'completed',
    minutes: 8,
    outcome: 'Alerts come',
    context: {
      tests: ['Stale file: alert after 31 min', 'Fresh file: silence'],
      coverage: '100 %',
      files_modified: ['monitor-nas-sync.ps1'],
    },
  },
  {
    status: 'completed',
    minutes: 4,
    context: {
      deployed_to: 'monitoring component',
      deployment_steps: ['Copied the script', 'Scheduled it every 10 min'],
      environment: { host: 'file server', os: 'Windows Server 2019' },
      alert_threshold: '30 minutes',
    },
  },
  {
    status: 'completed',
    minutes: 5,
    context: { documentation: 'Runbook: what an alert means and whom to call' },
  },
];

/** The plan of the NAS before, during and after its work. */
export const nasCases: Readonly<Record<string, Step>> = {
  'nas-monitoring-planned': { ...nas, steps: nasSteps([]) },
  'nas-monitoring-under-way': {
    ...nas,
    status: 'in_progress',
    steps: nasSteps([
      researched,
      approached,
      { status: 'in_progress', assignedAgent: 'Coding Agent' },
    ]),
  },
  'nas-monitoring-completed': {
    ...nas,
    status: 'completed',
    minutes: 45,
    billableMinutes: 60,
    outcome: 'Failing syncs raise an alert',
    steps: nasSteps(nasDone),
  },
};

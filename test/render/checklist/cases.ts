import { claim } from '../task-view.ts';
import { nasCases } from './nas-cases.ts';
import type { Step } from './tree.ts';
import { wide } from './wide-step.ts';

const design: Step = { title: 'Design authentication schema', type: 'analysis' };
const generate: Step = { title: 'Generate code for JWT authentication' };
const review: Step = { title: 'Review authentication code', type: 'review' };
const tests: Step = { title: 'Write authentication tests', type: 'testing' };

const designed: Step = {
  ...design,
  status: 'completed',
  minutes: 5,
  assignedAgent: 'Explore Agent',
  outcome: 'Schema designed with users, tokens and refresh_tokens tables',
  context: { files_created: ['docs/auth_schema.md'] },
};

const generated: Step = {
  ...generate,
  status: 'completed',
  minutes: 20,
  assignedAgent: 'Coding Agent',
  approvedBy: 'Code Review Agent',
  outcome: 'JWT sign-in and refresh',
  context: {
    files_created: ['api/auth.py'],
    files_modified: ['models/user.py'],
    dependencies_added: ['python-jose[cryptography]==3.3.0', 'passlib[bcrypt]==1.7.4'],
  },
};

const authentication: Step = { title: 'Implement API authentication' };
/** What every view of a checklist has to cope with, each with a golden file. */
export const cases: Readonly<Record<string, Step>> = {
  'api-authentication-planned': {
    ...authentication,
    steps: [design, generate, review, tests],
  },
  'api-authentication-under-way': {
    ...authentication,
    status: 'in_progress',
    steps: [
      designed,
      generated,
      {
        ...tests,
        status: 'in_progress',
        assignedAgent: 'Coding Agent',
        claim: { ...claim, since: '2026-11-21T09:58:00.000Z' },
        minutes: 2,
        context: { issues_found: [{ severity: 'high', description: 'Expiry is not tested' }] },
      },
      {
        title: 'Deploy to staging',
        type: 'deployment',
        status: 'blocked',
        blockedReason: 'Need staging environment credentials',
      },
      { title: 'Announce it', ready: false, blockers: ['web-k3f9.4', 'web-a1b2'] },
    ],
  },
  'api-authentication-completed': {
    ...authentication,
    status: 'completed',
    minutes: 45,
    outcome: 'Authentication is implemented and reviewed',
    context: { user_request: 'Implement authentication for the API', production_ready: true },
    steps: [
      designed,
      generated,
      { ...review, status: 'completed', minutes: 8, outcome: 'Approved without findings' },
      {
        ...tests,
        status: 'completed',
        minutes: 12,
        outcome: 'Login, refresh and expiry are tested',
        context: { files_created: ['test_auth.py'], test_results: { passed: 14, failed: 0 } },
      },
    ],
  },
  ...nasCases,
  'no-subtasks': { title: 'A task by itself', status: 'in_progress', claim },
  'no-subtasks-completed': {
    title: 'A task by itself',
    status: 'completed',
    minutes: 61,
    outcome: 'Two\nlines',
    steps: [],
  },
  'every-status': {
    title: 'One of each',
    status: 'in_progress',
    steps: [
      { title: 'Done at once', status: 'completed', minutes: 0 },
      { title: 'Done in a minute', status: 'completed', minutes: 1 },
      { title: 'Done in an hour', status: 'completed', minutes: 61 },
      { title: 'Done in two', status: 'completed', minutes: 120 },
      { title: 'Done by nobody knows whom', status: 'completed' },
      { title: 'Under way', status: 'in_progress' },
      { title: 'Under way with a person', status: 'in_progress', claim, minutes: 0 },
      { title: 'Stuck', status: 'blocked', blockedReason: 'waiting\nfor the vendor' },
      { title: 'Stuck without a reason', status: 'blocked' },
      { title: 'To come', priority: 3 },
      { title: 'More urgent', priority: 1 },
      { title: 'Given up', status: 'cancelled', outcome: 'The vendor did it' },
      { title: 'Given up silently', status: 'cancelled' },
    ],
  },
  'sent-back': {
    title: 'Sign in',
    client: 'acme',
    status: 'in_progress',
    steps: [
      {
        title: 'Generate code',
        rejection: { by: 'Code Review Agent', round: 2 },
        outcome: 'JWT sign-in and refresh',
        context: { files_created: ['api/auth.py'], issues_found: ['tokens are stored unhashed'] },
      },
      {
        title: 'Generate the client',
        status: 'in_progress',
        assignedAgent: 'Coding Agent',
        rejection: { by: null, round: 1 },
        context: { issues_found: ['no time-out'] },
      },
      {
        title: 'Generate the docs',
        status: 'blocked',
        blockedReason: 'rejected in 3 reviews: still wrong',
        rejection: { by: 'Code (Review) Agent', round: 3 },
      },
      {
        title: 'Generate the tests',
        status: 'completed',
        formerRound: 1,
        outcome: 'Refreshing is tested, too',
        context: { issues_found: ['refreshing is not tested'], recommendations: ['Test sign-out'] },
      },
      {
        title: 'Review all of it',
        type: 'review',
        formerRound: 2,
        outcome: 'Not yet',
        context: { approval: 'rejected', issues_found: ['tokens are stored unhashed'] },
      },
    ],
  },
  'cancelled-only': {
    title: 'Not wanted any more',
    status: 'cancelled',
    outcome: 'The customer left',
    steps: [
      { title: 'One', status: 'cancelled', outcome: 'The customer left' },
      { title: 'Two', status: 'cancelled' },
    ],
  },
  'completed-with-some-cancelled': {
    title: 'Half of it',
    status: 'completed',
    steps: [
      { title: 'Wanted', status: 'completed', outcome: 'Built it' },
      { title: 'Unwanted', status: 'cancelled', outcome: 'Out of scope' },
    ],
  },
  nested: {
    title: 'A large one',
    status: 'in_progress',
    steps: [
      {
        title: 'Server',
        status: 'completed',
        minutes: 30,
        outcome: 'The server answers',
        steps: [
          { title: 'Routes', status: 'completed', minutes: 20, outcome: 'Three routes' },
          {
            title: 'Storage',
            status: 'completed',
            minutes: 10,
            steps: [{ title: 'Migration', status: 'completed', minutes: 10 }],
          },
        ],
      },
      {
        title: 'Client',
        status: 'in_progress',
        steps: [
          { title: 'Form', status: 'in_progress', assignedAgent: 'Coding Agent' },
          { title: 'Messages', ready: false, blockers: ['web-k3f9.2.1'] },
        ],
      },
      { title: 'Announce', ready: false, blockers: ['web-k3f9.1', 'web-k3f9.2'] },
    ],
  },
  'many-details': {
    title: 'Talkative',
    status: 'completed',
    steps: [
      {
        title: 'Look around',
        type: 'research',
        status: 'completed',
        outcome: `Long ${'and longer '.repeat(40)}`,
        context: {
          findings: Array.from({ length: 9 }, (_, index) => `Finding ${index + 1}`),
          issues_found: [{ severity: 'high', description: 'No lock', lines: [3, 4] }],
          files_modified: Array.from({ length: 30 }, (_, index) => `src/file-${index + 1}.ts`),
        },
      },
      {
        title: 'Odd shapes',
        status: 'completed',
        outcome: '   ',
        context: {
          findings: [null, '', 7, true, ['a', 'b'], { a: { b: 1 } }],
          files_created: 'one.ts',
          files_modified: ['one.ts', 'a, b.ts', '+9 more', ''],
          root_cause: { unexpected: true },
        },
      },
    ],
  },
  'wide-characters': wide,
  'long-titles': {
    title: 'T'.repeat(500),
    status: 'in_progress',
    steps: [
      { title: '長'.repeat(500), status: 'in_progress', assignedAgent: 'A'.repeat(100) },
      { title: 'b '.repeat(250), status: 'blocked', blockedReason: 'r '.repeat(1_000) },
    ],
  },
  'markdown-in-titles': {
    title: '# **Bold** <b>title</b>',
    status: 'in_progress',
    steps: [
      { title: '**bold** and \\', status: 'completed', outcome: '- [✓] forged' },
      { title: 'src/**/*.ts', status: 'completed', outcome: '## Forged' },
      { title: '[✓] forged (completed)', status: 'in_progress', assignedAgent: 'A) (completed' },
      { title: '\u200b', status: 'pending' },
    ],
  },
};

import { expect, test } from 'vitest';
import { planEnvironment, runEnvironment } from '../../lib/orchestrator/run-environment.ts';

const run = { id: '0190-run', role: 'review', attempt: 2 } as const;

const own =
  'docket.workspace.id=default%3Aalice,docket.task.key=web-k3f9.2,docket.run.id=0190-run,docket.run.role=review,docket.run.attempt=2';

function attributesBehind(before: string | undefined): string | undefined {
  const given = before === undefined ? {} : { OTEL_RESOURCE_ATTRIBUTES: before };
  const place = { scope: { workspaceId: 'default:alice' }, env: { PATH: '/bin', ...given } };
  const { OTEL_RESOURCE_ATTRIBUTES: after, ...env } = runEnvironment(place, 'web-k3f9.2', run);
  expect(env).toEqual({ PATH: '/bin', DOCKET_RUN: '0190-run', DOCKET_TASK: 'web-k3f9.2' });
  return after;
}

test('telemetry of an agent is told its list, its task, its role and its attempt', () => {
  expect(attributesBehind(undefined)).toBe(own);
  expect(attributesBehind('')).toBe(own);
});

test('telemetry of an agent that plans is told its list and its role', () => {
  const place = { scope: { workspaceId: 'a-1' }, env: { DOCKET_TASK: 'outer' } };
  expect(planEnvironment(place)).toEqual({
    DOCKET_TASK: 'outer',
    OTEL_RESOURCE_ATTRIBUTES: 'docket.workspace.id=a-1,docket.run.role=plan',
  });
});

test('what the person’s environment says stays as it is, before docket’s own', () => {
  const before = 'service.name=web,team=a%2Cb;x=1, note = %F0%9F%A6%8A';
  expect(attributesBehind(before)).toBe(`${before},${own}`);
  expect(attributesBehind('service.name=web,,')).toBe(`service.name=web,${own}`);
});

test('what an agent passes on of its own task goes when it orchestrates others', () => {
  const before = 'service.name=web,docket.task.key=web-a3b2, docket.run.id=x';
  expect(attributesBehind(before)).toBe(`service.name=web,${own}`);
});

test('a value never ends early: it is encoded as W3C Baggage wants it', () => {
  const value = 'a b,c=d;e"\\%\n🦊\ud800';
  const { OTEL_RESOURCE_ATTRIBUTES: text = '' } = planEnvironment({
    scope: { workspaceId: value },
    env: {},
  });
  // The octets that the recommendation allows, among them the % of what is encoded.
  expect(text).toMatch(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+,docket\.run\.role=plan$/);
  const [, encoded = ''] = /^docket\.workspace\.id=([^,=]*),/.exec(text) ?? [];
  expect(decodeURIComponent(encoded)).toBe(value.toWellFormed());
});

import { expect, test } from 'vitest';
import { agentName } from '../../lib/briefing/agent-name.ts';

test.for([
  [{ agent_id: undefined, agent_type: undefined }, undefined],
  [{ agent_id: '', agent_type: 'general-purpose' }, undefined],
  [{ agent_id: 'ae8f592581370ed4f', agent_type: 'general-purpose' }, 'general-purpose-70ed4f'],
  [{ agent_id: 'aalice-1f2e3d4c', agent_type: 'alice' }, 'alice'],
  [{ agent_id: 'amain-1f2e3d4c', agent_type: 'main' }, 'main-2e3d4c'],
  [{ agent_id: 'ae8f592581370ed4f', agent_type: undefined }, 'agent-70ed4f'],
  [{ agent_id: 'ae8f592581370ed4f', agent_type: 'tools:my agent' }, 'tools:my-agent-70ed4f'],
  [{ agent_id: '`id`; $(id)\n', agent_type: "it's; rm -rf" }, 'it-s-rm--rf-id-id-'],
] as const)('names %o', ([input, name]) => {
  expect(agentName(input)).toBe(name);
});

test('whatever it is made of, a name is one plain word that is no flag and fits', () => {
  const hostile = ['-x', '--force', '\0', '‮', 'é'.repeat(500), "'", '$x', '\n', '.', '💥'];
  for (const agent_type of hostile) {
    for (const agent_id of hostile) {
      expect(agentName({ agent_id, agent_type })).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._:-]{0,99}$/);
    }
  }
});

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  settledTaskStates,
  TaskState,
  taskStates,
} from '@agent-tasks/plugin-agent-tasks-common';
import { holdsChangeSlot, holdsRunSlot, taskTransitions } from './taskStates';

const file = resolve(__dirname, '../../../../docs/task-states.md');

function diagram(): string {
  const lines = ['stateDiagram-v2', '    [*] --> held', '    [*] --> queued'];
  for (const from of taskStates) {
    for (const to of taskTransitions[from]) {
      lines.push(`    ${from} --> ${to}`);
    }
  }
  for (const state of settledTaskStates) {
    lines.push(`    ${state} --> [*]`);
  }
  return lines.join('\n');
}

function describeRunSlot(to: TaskState): string {
  if (to === 'cancelling') {
    return 'as before';
  }
  return holdsRunSlot({ held: false, to }) ? 'yes' : 'no';
}

function describeReviewSlot(to: TaskState): string {
  // Whatever waits neither for its wave nor in the queue has been admitted.
  const held = !['held', 'queued', 'joined'].includes(to);
  if (holdsChangeSlot({ held, to, changeOpen: false })) {
    return 'yes';
  }
  return holdsChangeSlot({ held, to, changeOpen: true })
    ? 'while its change is open'
    : 'no';
}

function table(): string {
  return [
    '| State | Run slot | Review or auto slot |',
    '| --- | --- | --- |',
    ...taskStates.map(
      state =>
        `| \`${state}\` | ${describeRunSlot(state)} | ${describeReviewSlot(state)} |`,
    ),
  ].join('\n');
}

const text = `# The states of a task

Generated from \`plugins/agent-tasks-backend/src/policy/taskStates.ts\`, the one table that code, tests and this page use.
After a change there, run its tests with \`UPDATE_DOCS=1\`.

\`\`\`mermaid
${diagram()}
\`\`\`

${table()}
`;

describe('docs/task-states.md', () => {
  it('shows the table of transitions as it is', () => {
    if (process.env.UPDATE_DOCS) {
      writeFileSync(file, text);
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

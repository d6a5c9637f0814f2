import { Task } from '@agent-tasks/plugin-agent-tasks-common';

const columns: [name: string, cell: (task: Task) => string | number][] = [
  ['Task', task => task.id],
  ['Wave', task => task.wave ?? 1],
  ['State', task => task.state],
  ['Since', task => task.stateSince],
  ['Reason', task => task.stateReason ?? ''],
  ['Repository', task => task.repository.ref],
  ['Team', task => task.team],
  [
    'Components',
    task => task.components.map(component => component.entityRef).join(' '),
  ],
  ['Requester', task => task.requester],
  ['Priority', task => task.priority ?? ''],
  ['Created', task => task.createdAt],
  ['Settled', task => task.settledAt ?? ''],
  ['Change', task => task.change?.url ?? ''],
  ['Change state', task => task.change?.state ?? ''],
  ['Checks', task => task.change?.checks ?? ''],
  ['Joined to', task => task.joinedTo ?? ''],
];

/** The line with the names. */
export const csvHead = toLine(columns.map(([name]) => name));

export function toCsvLine(task: Task): string {
  return toLine(columns.map(([, cell]) => cell(task)));
}

function toLine(cells: (string | number)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/**
 * A cell as RFC 4180 has it. What a spreadsheet would take for a formula begins with an apostrophe, which makes it a text:
 * much of what stands here was written by others.
 */
export function toCell(value: string | number): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

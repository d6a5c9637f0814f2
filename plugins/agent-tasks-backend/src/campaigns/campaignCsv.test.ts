import { Task } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { csvHead, toCell, toCsvLine } from './campaignCsv';

const task: Task = {
  id: 'task_1',
  campaignId: 'camp_1',
  state: 'failed',
  stateSince: '2026-05-01T08:00:00.000Z',
  stateReason: '=HYPERLINK("https://evil.example","look")',
  template: { name: 'bump', title: 'Bump', revision: 1 },
  team: 'group:default/shop',
  repository: { ref: 'github.com/acme/shop', url: 'https://github.com' },
  components: [{ entityRef: 'component:default/a' }],
  provider: 'Agent',
  requester: 'user:default/dana',
  createdAt: '2026-05-01T07:00:00.000Z',
  updatedAt: '2026-05-01T08:00:00.000Z',
};

describe('A campaign in CSV', () => {
  it('has as many cells in each line as in the first', () => {
    expect(csvHead.split(',')).toHaveLength(16);
    expect(toCsvLine({ ...task, stateReason: 'x' }).split(',')).toHaveLength(
      16,
    );
  });

  it('makes texts of what would be formulas', () => {
    expect(toCsvLine(task)).toContain(
      `,"'=HYPERLINK(""https://evil.example"",""look"")",`,
    );
    for (const bad of ['=1', '+1', '-1', '@x', '\tx', '\rx', '＝1']) {
      expect(toCell(bad)).toMatch(/^"?'/);
    }
    expect(toCell(-1)).toBe('-1');
    expect(toCell('a-b')).toBe('a-b');
  });

  it('keeps every text, and begins none like a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const cell = toCell(text);
        const read = cell.startsWith('"')
          ? cell.slice(1, -1).replaceAll('""', '"')
          : cell;
        expect(read === text || read === `'${text}`).toBe(true);
        expect(read).not.toMatch(/^[=+\-@\t\r]/);
        expect(cell.startsWith('"') || !/[",\r\n]/.test(cell)).toBe(true);
      }),
    );
  });
});

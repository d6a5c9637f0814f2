import { LimitSettings } from '../policy/limits';
import { holdLines as holdGroups } from './holdLines';
import { LimitView } from './LimitView';
import { LineGroup } from './QueueLineReader';
import { LineKey } from './queueLines';

const at = new Date('2026-11-28T12:00:00Z');

function viewOf(
  settings: Partial<LimitSettings>,
  taken: Record<string, number> = {},
  known = true,
): LimitView {
  return LimitView.create({
    settings: {
      at,
      portal: { running: 100 },
      groups: new Map(),
      ancestors: new Map(),
      ...settings,
    },
    counts: { known, taken: new Map(Object.entries(taken)) },
  });
}

const line = (team: string, repository: string, queued: number) => ({
  team,
  repository,
  queued,
  provider: 'agent',
  account: 'default',
  lane: 'review' as const,
});

const nothing = () => undefined;

/** Holds lines that are read as the database has them. */
async function holdLines(options: {
  lines: (LineKey & { queued: number })[];
  braked: { team: string; queued: number }[];
  view: LimitView;
  outside: (
    group: LineGroup,
  ) => { reason: 'provider-unavailable'; subject: string } | undefined;
  taken?: Record<string, number>;
}) {
  const { lines, taken = {}, ...rest } = options;
  const read: string[] = [];
  const held = await holdGroups({
    ...rest,
    groups: lines.map(({ repository: _, ...group }) => group),
    readLines: async teams => {
      read.push(...teams);
      return {
        lines: lines.filter(one => teams.includes(one.team)),
        taken: new Map(Object.entries(taken)),
      };
    },
  });
  return { ...held, read };
}

describe('holdLines', () => {
  it('holds behind those that start next what has no room then', async () => {
    const { byTeam, holds } = await holdLines({
      lines: [line('a', 'x', 5)],
      braked: [],
      view: viewOf({ repository: { running: 2 } }),
      outside: nothing,
      taken: { 'running repository x': 1 },
    });
    expect(byTeam.get('a')).toEqual({ next: 1, 'repository-running': 4 });
    expect(holds).toEqual([
      {
        reason: 'repository-running',
        subject: 'x',
        key: 'running repository x',
        tasks: 4,
      },
    ]);
  });

  it('lets the team that has less have the room', async () => {
    const { byTeam } = await holdLines({
      lines: [line('a', 'x', 5), line('b', 'y', 5)],
      braked: [],
      view: viewOf(
        { portal: { running: 4 } },
        { 'running portal ': 2, 'running team a': 2 },
      ),
      outside: nothing,
    });
    expect(byTeam.get('b')).toEqual({ next: 2, 'portal-running': 3 });
    expect(byTeam.get('a')).toEqual({ 'portal-running': 5 });
  });

  it('names the limit with the least room', async () => {
    const { holds } = await holdLines({
      lines: [line('a', 'x', 5)],
      braked: [],
      view: viewOf(
        { team: { running: 3, openChanges: 2 } },
        { 'changes team a': 2 },
      ),
      outside: nothing,
    });
    expect(holds).toMatchObject([
      { reason: 'team-changes', subject: 'a', tasks: 5 },
    ]);
  });

  it('holds everything while the counts are not known', async () => {
    const { byTeam } = await holdLines({
      lines: [line('a', 'x', 5)],
      braked: [],
      view: viewOf({}, {}, false),
      outside: nothing,
    });
    expect(byTeam.get('a')).toEqual({ 'portal-running': 5 });
  });

  it('tells of a pause instead of a limit of 0', async () => {
    const paused = { reason: 'Holidays.', by: 'user:default/lee' };
    const { holds } = await holdLines({
      lines: [line('a', 'x', 5), line('b', 'y', 1)],
      braked: [],
      view: viewOf({ groups: new Map([['a', { paused }]]) }),
      outside: nothing,
    });
    expect(holds).toMatchObject([
      { reason: 'team-paused', subject: 'a', tasks: 5 },
    ]);
  });

  it('counts what is held beside the limits, and lets it take no room', async () => {
    const { byTeam, holds } = await holdLines({
      lines: [line('a', 'x', 5), line('b', 'x', 1)],
      braked: [
        { team: 'b', queued: 7 },
        { team: 'c', queued: 2 },
      ],
      view: viewOf({ repository: { running: 1 } }),
      outside: one =>
        one.team === 'a'
          ? { reason: 'provider-unavailable', subject: 'agent' }
          : undefined,
    });
    expect(Object.fromEntries(byTeam)).toEqual({
      a: { 'provider-unavailable': 5 },
      b: { brake: 7, next: 1 },
      c: { brake: 2 },
    });
    expect(holds).toEqual([
      { reason: 'brake', tasks: 9 },
      { reason: 'provider-unavailable', subject: 'agent', tasks: 5 },
    ]);
  });

  it('reads lines only of teams that have room', async () => {
    const { byTeam, read } = await holdLines({
      lines: [line('a', 'x', 5), line('b', 'y', 5)],
      braked: [],
      view: viewOf({ team: { openChanges: 2 } }, { 'changes team a': 2 }),
      outside: nothing,
    });
    expect(read).toEqual(['b']);
    expect(Object.fromEntries(byTeam)).toEqual({
      a: { 'team-changes': 5 },
      b: { next: 2, 'team-changes': 3 },
    });
  });

  it('reads no further once the room is taken', async () => {
    const lines = Array.from({ length: 250 }, (_, n) =>
      line(`team-${n}`, `repository-${n}`, 1),
    );
    const { byTeam, holds, read } = await holdLines({
      lines,
      braked: [],
      view: viewOf(
        { portal: { running: 103 } },
        {
          'running portal ': 100,
          ...Object.fromEntries(
            lines.slice(0, 100).map(({ team }) => [`running team ${team}`, 1]),
          ),
        },
      ),
      outside: nothing,
    });
    // Of those that have less.
    expect(read).toEqual(lines.slice(100, 125).map(({ team }) => team));
    expect(byTeam.size).toBe(250);
    expect(holds).toMatchObject([{ reason: 'portal-running', tasks: 247 }]);
  });
});

import { LimitSettings } from '../policy/limits';
import { holdLines } from './holdLines';
import { LimitView } from './LimitView';

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

describe('holdLines', () => {
  it('holds behind those that start next what has no room then', () => {
    const { byTeam, holds } = holdLines({
      lines: [line('a', 'x', 5)],
      braked: [],
      view: viewOf(
        { repository: { running: 2 } },
        { 'running repository x': 1 },
      ),
      outside: nothing,
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

  it('lets the team that has less have the room', () => {
    const { byTeam } = holdLines({
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

  it('names the limit with the least room', () => {
    const { holds } = holdLines({
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

  it('holds everything while the counts are not known', () => {
    const { byTeam } = holdLines({
      lines: [line('a', 'x', 5)],
      braked: [],
      view: viewOf({}, {}, false),
      outside: nothing,
    });
    expect(byTeam.get('a')).toEqual({ 'portal-running': 5 });
  });

  it('tells of a pause instead of a limit of 0', () => {
    const paused = { reason: 'Holidays.', by: 'user:default/lee' };
    const { holds } = holdLines({
      lines: [line('a', 'x', 5), line('b', 'y', 1)],
      braked: [],
      view: viewOf({ groups: new Map([['a', { paused }]]) }),
      outside: nothing,
    });
    expect(holds).toMatchObject([
      { reason: 'team-paused', subject: 'a', tasks: 5 },
    ]);
  });

  it('counts what is held beside the limits, and lets it take no room', () => {
    const { byTeam, holds } = holdLines({
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
});

import { Launch } from '../harness/Launches';
import { AgentStart, judgeCrash, StoredTask } from './judgeCrash';

const a = 'component:default/a';
const b = 'component:default/b';

function launch(change: Partial<Launch> = {}): Launch {
  return {
    label: 'Launch-0001',
    components: [a, b],
    campaigns: ['camp_1'],
    tries: 1,
    ...change,
  };
}

function task(id: string, change: Partial<StoredTask> = {}): StoredTask {
  return {
    id: `task_${id}`,
    campaignId: 'camp_1',
    state: 'merged',
    components: [id === '1' ? a : b],
    attempts: [`att_${id}`],
    ...change,
  };
}

function start(id: string, change: Partial<AgentStart> = {}): AgentStart {
  return {
    markers: [`att_${id}`],
    state: 'completed',
    change: 'merged',
    begunAt: 10,
    endedAt: 20,
    ...change,
  };
}

const good = {
  launches: [launch()],
  tasks: [task('1'), task('2')],
  starts: [start('1'), start('2')],
};

describe('judgeCrash', () => {
  it('finds nothing where each task was started once and ended as the agent ended it', () => {
    expect(judgeCrash(good)).toEqual({ lost: [], duplicates: [], stuck: [] });
    const endings: [string, Partial<AgentStart>][] = [
      ['no_change', { change: undefined }],
      ['closed', { change: 'closed' }],
      ['failed', { state: 'timed_out', change: 'open' }],
    ];
    for (const [state, change] of endings) {
      expect(
        judgeCrash({
          ...good,
          tasks: [task('1', { state }), task('2')],
          starts: [start('1', change), start('2')],
        }),
      ).toEqual({ lost: [], duplicates: [], stuck: [] });
    }
  });

  it('lets one attempt follow another that has ended', () => {
    const tasks = [task('1', { attempts: ['att_1', 'att_9'] }), task('2')];
    const retry = (begunAt: number) => ({
      ...good,
      tasks,
      starts: [
        start('9', { begunAt, endedAt: 40 }),
        start('1', { state: 'failed' }),
        start('2'),
      ],
    });
    expect(judgeCrash(retry(30)).duplicates).toEqual([]);
    expect(judgeCrash(retry(15)).duplicates).toEqual([
      'task_1 was given to the agent again while it still worked on it',
    ]);
  });

  it.each<[string, Partial<typeof good>, string]>([
    [
      'a launch without an answer',
      { launches: [launch(), launch({ label: 'Launch-0002', campaigns: [] })] },
      'Launch-0002 was never answered',
    ],
    [
      'a component without a task',
      { tasks: [task('1')], starts: [start('1')] },
      `Launch-0001 has no task for ${b}`,
    ],
    [
      'a task of which the agent never heard',
      {
        tasks: [task('1', { state: 'failed' }), task('2')],
        starts: [start('2')],
      },
      'task_1 is failed, and the agent never heard of it',
    ],
    [
      'a task whose change was forgotten',
      { tasks: [task('1', { state: 'no_change' }), task('2')] },
      "task_1 is no_change, though the agent's work on it is merged",
    ],
  ])('calls %s lost', (_, change, finding) => {
    expect(judgeCrash({ ...good, ...change }).lost).toEqual([finding]);
  });

  it.each<[string, Partial<typeof good>, string]>([
    [
      'a second start of an attempt',
      { starts: [...good.starts, start('2', { begunAt: 30, endedAt: 40 })] },
      'att_2 was started again (start 2)',
    ],
    [
      'a start of no attempt',
      { starts: [...good.starts, start('7')] },
      'att_7 is the attempt of no task',
    ],
    [
      'a second task of a component',
      {
        tasks: [...good.tasks, task('3', { components: [b] })],
        starts: [...good.starts, start('3')],
      },
      `Launch-0001 has 2 tasks for ${b}`,
    ],
    [
      'a campaign of no launch',
      {
        tasks: [...good.tasks, task('3', { campaignId: 'camp_9' })],
        starts: [...good.starts, start('3')],
      },
      'camp_9 is the answer to no launch',
    ],
  ])('calls %s a duplicate', (_, change, finding) => {
    expect(judgeCrash({ ...good, ...change }).duplicates).toEqual([finding]);
  });

  it('calls a task stuck that has not settled', () => {
    expect(
      judgeCrash({
        ...good,
        tasks: [task('1', { state: 'starting' }), task('2')],
      }).stuck,
    ).toEqual(['task_1 is still starting']);
  });
});

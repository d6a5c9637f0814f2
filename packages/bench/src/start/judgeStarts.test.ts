import { Launch } from '../harness/Launches';
import { FinalTask, judgeStarts, StartedTask } from './judgeStarts';

function launch(label: string, ...campaigns: string[]): Launch {
  return { label, campaigns, components: ['component:default/a'], tries: 1 };
}

function task(id: string, change: Partial<FinalTask> = {}): FinalTask {
  return {
    id: `task_${id}`,
    campaignId: `camp_${id}`,
    state: 'in_review',
    attempts: [`att_${id}`],
    ...change,
  };
}

function started(id: string, change: Partial<StartedTask> = {}): StartedTask {
  return {
    label: `Launch-${id}`,
    markers: [`att_${id}`],
    state: 'completed',
    ...change,
  };
}

const good = {
  launches: [launch('Launch-1', 'camp_1'), launch('Launch-2', 'camp_2')],
  tasks: [task('1'), task('2', { state: 'failed' })],
  started: [started('1'), started('2', { state: 'failed' })],
};

describe('judgeStarts', () => {
  it('finds nothing where each launch was started once', () => {
    expect(judgeStarts(good)).toEqual({ lost: [], duplicates: [] });
  });

  it('lets a task be tried again whose agent failed', () => {
    expect(
      judgeStarts({
        ...good,
        tasks: [good.tasks[0], task('2', { attempts: ['att_2', 'att_9'] })],
        started: [...good.started, started('2', { markers: ['att_9'] })],
      }),
    ).toEqual({ lost: [], duplicates: [] });
  });

  it.each<[string, Partial<typeof good>, string]>([
    [
      'a launch without an answer',
      { launches: [...good.launches, launch('Launch-3')] },
      'Launch-3 was never answered',
    ],
    [
      'a launch without a task',
      { tasks: [good.tasks[1]], started: [good.started[1]] },
      'Launch-1 was answered, and has 0 tasks',
    ],
    [
      'a task that never came to rest',
      { tasks: [task('1', { state: 'starting' }), good.tasks[1]] },
      'Launch-1 (task_1) is still starting',
    ],
    [
      'a task of which the agent never heard',
      { started: [good.started[1]] },
      'Launch-1 (task_1) is in_review, and the agent never heard of it',
    ],
    [
      "a task that failed though the agent's did not",
      { started: [good.started[0], started('2')] },
      "Launch-2 (task_2) failed, though the agent's task is completed",
    ],
  ])('calls %s lost', (_, change, finding) => {
    expect(judgeStarts({ ...good, ...change }).lost).toEqual([finding]);
  });

  it.each<[string, Partial<typeof good>, string]>([
    [
      'a second campaign of one launch',
      {
        launches: [launch('Launch-1', 'camp_1', 'camp_2'), good.launches[1]],
      },
      'Launch-1 was answered as camp_1 and camp_2',
    ],
    [
      'one attempt that was started twice, though the agent failed the first time',
      { started: [...good.started, started('2')] },
      'Launch-2 was started again (start 2)',
    ],
    [
      'a second start of one launch',
      {
        tasks: [task('1', { attempts: ['att_1', 'att_9'] }), good.tasks[1]],
        started: [...good.started, started('1', { markers: ['att_9'] })],
      },
      'Launch-1 was started again (start 2)',
    ],
    [
      'one attempt that was started for two launches',
      { started: [good.started[0], started('2', { markers: ['att_1'] })] },
      'the attempt att_1 was started for Launch-1 and for Launch-2',
    ],
    [
      'a campaign that is the answer to no launch',
      { tasks: [...good.tasks, task('3')] },
      'camp_3 with 1 tasks is the answer to no launch',
    ],
    [
      'a start that no task has',
      {
        started: [
          ...good.started,
          started('7', { label: undefined, markers: ['att_7'] }),
        ],
      },
      'the agent was given a task of no launch with the marker att_7, which no task has',
    ],
    [
      'a start without a marker',
      {
        started: [
          ...good.started,
          started('7', { label: undefined, markers: [] }),
        ],
      },
      'the agent was given a task of no launch without a marker',
    ],
  ])('calls %s a duplicate', (_, change, finding) => {
    expect(judgeStarts({ ...good, ...change }).duplicates).toEqual([finding]);
  });
});

import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { labelIn, Launches } from './Launches';

function client(launch: jest.Mock): AgentTasksClient {
  return { launch } as unknown as AgentTasksClient;
}

describe('Launches', () => {
  it('sends a launch again with the same key and body until it is answered', async () => {
    const launch = jest
      .fn()
      .mockRejectedValueOnce(new Error('connection refused'))
      .mockRejectedValueOnce(new Error('503'))
      .mockResolvedValue({ id: 'camp_1' });
    const launches = Launches.create({
      client: client(launch),
      count: 1,
      components: ['component:default/a'],
    });
    await launches.send(launches.all[0]);
    expect(launches.all[0]).toMatchObject({ campaigns: ['camp_1'], tries: 3 });
    expect(launches.answered).toBe(1);
    const [[request, key], ...others] = launch.mock.calls;
    for (const [otherRequest, otherKey] of others) {
      expect([otherRequest, otherKey]).toEqual([request, key]);
    }
  });

  it('keeps every campaign that an answer names', async () => {
    const launch = jest
      .fn()
      .mockResolvedValueOnce({ id: 'camp_1' })
      .mockResolvedValueOnce({ id: 'camp_1' })
      .mockResolvedValueOnce({ id: 'camp_2' });
    const launches = Launches.create({
      client: client(launch),
      count: 1,
      components: ['component:default/a'],
    });
    for (const _ of [1, 2, 3]) {
      await launches.send(launches.all[0]);
    }
    expect(launches.all[0].campaigns).toEqual(['camp_1', 'camp_2']);
  });

  it('sends nothing more once it is stopped', async () => {
    const launch = jest.fn().mockRejectedValue(new Error('gone'));
    const launches = Launches.create({
      client: client(launch),
      count: 1,
      components: ['component:default/a'],
    });
    launches.stop();
    await launches.send(launches.all[0]);
    expect(launch).not.toHaveBeenCalled();
  });

  it('takes the components in turn, and gives each launch a label that its prompt bears', async () => {
    const launch = jest.fn().mockResolvedValue({ id: 'camp_1' });
    const launches = Launches.create({
      client: client(launch),
      count: 3,
      components: ['component:default/a', 'component:default/b'],
    });
    expect(launches.all.map(({ components }) => components)).toEqual([
      ['component:default/a'],
      ['component:default/b'],
      ['component:default/a'],
    ]);
    expect(new Set(launches.all.map(({ label }) => label)).size).toBe(3);
    await launches.send(launches.all[2]);
    const [[{ parameters }]] = launch.mock.calls;
    expect(labelIn(`Why: ${parameters.reason}`)).toBe(launches.all[2].label);
  });
});

describe('labelIn', () => {
  it('finds none where there is none', () => {
    expect(labelIn('Update axios. Launch-1')).toBeUndefined();
  });
});

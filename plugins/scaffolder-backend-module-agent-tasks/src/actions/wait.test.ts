import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { InMemoryAgentTasks } from '../__testUtils__/InMemoryAgentTasks';
import { CampaignWatch } from '../campaigns/CampaignWatch';
import { createWaitAction } from './wait';
import { waitExamples } from './wait.examples';

function setUp() {
  const backend = new InMemoryAgentTasks();
  backend.answers = [{ running: 2 }, { merged: 1, no_change: 1 }];
  const action = createWaitAction({
    watch: CampaignWatch.create({
      access: backend.access(),
      pause: async () => {},
    }),
  });
  const run = async (input: object) => {
    const output: Record<string, unknown> = {};
    await action.handler({
      ...createMockActionContext(),
      input,
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
    } as Parameters<typeof action.handler>[0]);
    return output;
  };
  return { backend, run };
}

describe('agent-tasks:wait', () => {
  it('tells what became of the tasks', async () => {
    const { run } = setUp();
    await expect(run({ campaignId: 'camp_7' })).resolves.toEqual({
      tasks: 2,
      states: { merged: 1, no_change: 1 },
      merged: 1,
      campaignUrl: 'https://portal.example.com/agent-tasks/campaigns/camp_7',
      waitedSeconds: 0,
    });
  });

  it('says what is wrong with an id before it asks for it', async () => {
    const { backend, run } = setUp();
    await expect(run({ campaignId: 'undefined' })).rejects.toThrow(
      "'campaignId' must be the id of a campaign, such as camp_…, and is 'undefined'.",
    );
    expect(backend.looks).toBe(0);
  });

  it.each(waitExamples)('has an example: $description', async ({ example }) => {
    const { run } = setUp();
    const [step] = parse(example).steps;
    expect(step.action).toBe('agent-tasks:wait');
    await expect(
      run({ ...step.input, campaignId: 'camp_7' }),
    ).resolves.toMatchObject({ merged: 1 });
  });
});

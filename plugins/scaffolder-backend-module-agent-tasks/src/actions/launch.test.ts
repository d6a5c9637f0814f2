import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { InMemoryAgentTasks } from '../__testUtils__/InMemoryAgentTasks';
import { createLaunchAction } from './launch';
import { launchExamples } from './launch.examples';

const input = {
  template: 'bump',
  components: ['component:default/shop'],
  parameters: { version: '2' },
};

const excluded = [
  {
    component: 'component:default/fax',
    reason: 'no-repository' as const,
    message: 'It has no repository.',
    remedy: 'Add one.',
  },
];

function setUp() {
  const backend = new InMemoryAgentTasks();
  const action = createLaunchAction({ access: backend.access() });
  const run = async (
    context: Partial<Parameters<typeof action.handler>[0]> = {},
  ) => {
    const output: Record<string, unknown> = {};
    await action.handler({
      ...createMockActionContext({ input }),
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
      ...context,
    } as Parameters<typeof action.handler>[0]);
    return output;
  };
  return { backend, run };
}

describe('agent-tasks:launch', () => {
  it('launches as who runs the template, and says where to look', async () => {
    const { backend, run } = setUp();
    const credentials = mockCredentials.user('user:default/dana');
    await expect(
      run({ getInitiatorCredentials: async () => credentials }),
    ).resolves.toEqual({
      campaignId: 'camp_1',
      campaignUrl: 'https://portal.example.com/agent-tasks/campaigns/camp_1',
      taskIds: ['task_1'],
      taskUrls: ['https://portal.example.com/agent-tasks/tasks/task_1'],
      excluded: [],
    });
    const [{ request, token }] = backend.launches;
    expect(request).toEqual(input);
    expect(token).toBe(
      mockCredentials.service.token({
        onBehalfOf: credentials,
        targetPluginId: 'agent-tasks',
      }),
    );
  });

  it('launches once, however often the step is tried', async () => {
    const { backend, run } = setUp();
    const first = await run();
    expect(await run()).toEqual(first);
    expect(backend.launches).toHaveLength(2);
    expect(backend.campaignCount).toBe(1);
  });

  it.each([
    ['another task', { task: { id: 'other' } }],
    ['another step', { step: { id: 'other' } }],
    ['another round of the step', { each: { key: '1', value: 'x' } }],
  ])('launches again for %s', async (_, context) => {
    const { backend, run } = setUp();
    await run();
    await run(context);
    expect(backend.campaignCount).toBe(2);
  });

  it('does not plan or launch again what an earlier try has noted', async () => {
    const { backend, run } = setUp();
    const output = await run({
      checkpoint: async () => 'camp_7' as never,
    });
    expect(output).toMatchObject({ campaignId: 'camp_7' });
    expect(backend.launches).toEqual([]);
  });

  it('launches nothing in a dry run', async () => {
    const { backend, run } = setUp();
    await expect(run({ isDryRun: true })).resolves.toEqual({});
    expect(backend.launches).toEqual([]);
    // But it asks for the plan, so that a wrong template or parameter shows.
    expect(backend.tokens).toHaveLength(1);
  });

  it('goes on without what is left out, and tells of it', async () => {
    const { backend, run } = setUp();
    backend.excluded = excluded;
    await expect(run()).resolves.toMatchObject({
      excluded: [
        {
          component: 'component:default/fax',
          message: 'It has no repository.',
        },
      ],
    });
  });

  it('launches nothing where all are to be launched and some are left out', async () => {
    const { backend, run } = setUp();
    backend.excluded = excluded;
    await expect(
      run({ input: { ...input, onExcluded: 'fail' } }),
    ).rejects.toThrow(
      "1 component would be left out, such as component:default/fax: It has no repository. Nothing was launched, as 'onExcluded' is 'fail'.",
    );
    expect(backend.launches).toEqual([]);
  });

  it.each([{ template: 'bump' }, { ...input, selection: { search: 'shop' } }])(
    'refuses an input without either or with both (%j)',
    async wrong => {
      const { backend, run } = setUp();
      await expect(run({ input: wrong })).rejects.toThrow(
        "either 'components' or 'selection'",
      );
      expect(backend.launches).toEqual([]);
    },
  );

  it.each(launchExamples)(
    'has an example: $description',
    async ({ example }) => {
      const { run } = setUp();
      const [step] = parse(example).steps;
      expect(step.action).toBe('agent-tasks:launch');
      await expect(run({ input: step.input })).resolves.toMatchObject({
        campaignId: 'camp_1',
      });
    },
  );
});

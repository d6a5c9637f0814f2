import type {
  Exclusion,
  PlannedTask,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  exampleBurndown,
  exampleCampaign,
  exampleStoppedCampaign,
} from './exampleCampaign';
import { examplePlan, examplePlannedTask } from './examplePlan';
import type { FakeAgentTasksApi } from './FakeAgentTasksApi';

const teams = ['payments', 'checkout', 'search', 'ledger', 'mobile'];

/** How many start at once in the example; the others wait. */
const SLOTS = 5;

/**
 * Fills the fake with campaigns that can be looked at, and lets it plan a launch on many components: each has a repository
 * of its own, every twentieth is left out.
 */
export function addExampleCampaigns(
  api: FakeAgentTasksApi,
  components: string[],
): void {
  api.campaigns.put(exampleCampaign());
  api.campaigns.put(
    exampleStoppedCampaign({
      id: 'camp_stopped',
      createdAt: new Date(Date.now() - 100_000_000).toISOString(),
      trigger: {
        id: 'trg_nightly',
        name: 'nightly-bumps',
        owner: 'group:default/team-payments',
      },
    }),
  );
  api.campaigns.burndown = exampleBurndown();

  const states: TaskState[] = [
    ...Array<TaskState>(9).fill('merged'),
    'failed',
    'in_review',
    ...Array<TaskState>(31).fill('held'),
  ];
  states.forEach((state, index) =>
    api.addTask({
      id: `task_wave${index}`,
      campaignId: 'camp_example',
      state,
      createdAt: new Date(Date.now() - 108_000_000 - index).toISOString(),
      stateSince: new Date(Date.now() - (index + 1) * 3_600_000).toISOString(),
      team: `group:default/team-${index % 3 ? 'payments' : 'checkout'}`,
      repository: repositoryOf(components[index]),
      components: [{ entityRef: components[index] }],
    }),
  );

  api.matching = components;
  api.adaptPlan = (plan, request) => {
    const asked = plan.tasks.flatMap(task =>
      task.components.map(({ entityRef }) => entityRef),
    );
    const share = (wave: number | string) =>
      typeof wave === 'number'
        ? wave
        : Math.ceil((parseInt(wave, 10) / 100) * asked.length);
    const waves = (request.rollout?.waves ?? ['100%']).map(share);
    const tasks: PlannedTask[] = [];
    const excluded: Exclusion[] = [];
    asked.forEach((component, index) => {
      if (index % 20 === 19) {
        excluded.push({
          component,
          reason: index % 40 === 39 ? 'no-owner' : 'opted-out',
          message:
            index % 40 === 39
              ? 'It has no owner.'
              : 'It has opted out of agent tasks.',
          remedy:
            index % 40 === 39
              ? 'Set spec.owner in its catalog-info.yaml.'
              : 'Take the annotation agent-tasks.io/enabled off it.',
        });
        return;
      }
      const wave = waves.findIndex(end => tasks.length < end) + 1;
      const willStart = tasks.length < SLOTS && wave === 1;
      tasks.push(
        examplePlannedTask({
          repository: repositoryOf(component),
          team: `group:default/team-${teams[index % teams.length]}`,
          components: [{ entityRef: component }],
          wave: Math.max(1, wave),
          willStart,
          gates: [
            { gate: 'approval', text: 'One approval of its team is needed.' },
          ],
          ...(tasks.length < 20 && { prompt: plan.tasks[0].prompt }),
          ...(!willStart && {
            hold:
              wave > 1
                ? {
                    limit: 'wave' as const,
                    message: `It waits for wave ${wave}.`,
                  }
                : {
                    limit: 'portal-running' as const,
                    message: 'All 5 run slots of the portal are taken.',
                  },
          }),
        }),
      );
    });
    const large = examplePlan({
      tasks,
      excluded,
      revision: plan.template.revision,
    });
    return { ...large, template: plan.template };
  };
}

function repositoryOf(component: string) {
  const name = component.replace('component:default/', '');
  return {
    ref: `github.example.com/acme/${name}`,
    url: `https://github.example.com/acme/${name}`,
  };
}

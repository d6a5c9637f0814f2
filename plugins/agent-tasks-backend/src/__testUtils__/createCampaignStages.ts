import { Campaign, Rollout } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { createStages } from './createStages';

/** Without the tasks admitted on a day: here they come to their end without an attempt. */
export async function driftOf(stages: {
  counterDrift(): Promise<{ key: string }[]>;
}): Promise<{ key: string }[]> {
  return (await stages.counterDrift()).filter(
    one => !one.key.startsWith('day '),
  );
}

/** Tasks by state, of each wave. */
export function statesOf(campaign: Campaign) {
  return campaign.waves.map(wave => wave.states);
}

/** All stages, with campaigns of the components `shop-1`, `shop-2`, … */
export async function createCampaignStages(
  knex: Knex,
  options: Omit<Parameters<typeof createStages>[0], 'knex'>,
) {
  const stages = await createStages({ knex, ...options });
  const { components = 3 } = options;
  const { credentials, clock } = stages;
  const caller = { credentials, actor: 'user:default/dana' };
  let launches = 0;
  return {
    ...stages,
    caller,
    get: (id: string) => stages.campaigns.get(caller, id),

    async launch(rollout: Rollout, count = components, version = '1.3.0') {
      launches += 1;
      await stages.round('templates');
      const { campaign } = await stages.launches.launch({
        caller: { credentials, requester: caller.actor },
        request: {
          template: 'bump',
          components: Array.from(
            { length: count },
            (_, index) => `component:default/shop-${index + 1}`,
          ),
          parameters: { version },
          rollout,
        },
        idempotencyKey: `launch-${launches}-${clock.now().getTime()}`,
      });
      return campaign;
    },

    /** Tasks of a wave come to an end, whatever they do. */
    async settle(
      id: string,
      wave: number,
      to: 'merged' | 'failed',
      only?: string[],
    ) {
      const ids =
        only ??
        (await knex('tasks').where({ campaign_id: id, wave }).pluck('id'));
      const at = clock.now();
      await stages.taskStore.transaction(async tx => {
        const batch = await stages.taskStore.open(tx, ids);
        for (const taskId of ids) {
          const event = { type: 'task.test', actor: 'system', message: '' };
          batch.go({ taskId, to: 'starting', at, event });
          batch.go({
            taskId,
            to,
            at,
            reason: to === 'failed' ? 'The agent gave up.' : undefined,
            event,
          });
        }
        await batch.flush();
      });
      await stages.campaignStore.makeDue([id], at);
    },
  };
}

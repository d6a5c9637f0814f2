import type {
  Campaign,
  CampaignBurndown,
  CampaignList,
  CampaignListQuery,
  Task,
} from '@agent-tasks/plugin-agent-tasks-common';

/** What the fake API knows of campaigns, kept apart from its tasks. */
export class FakeCampaigns {
  /** By the key that launched them. */
  readonly #byKey = new Map<string, Campaign>();
  burndown: CampaignBurndown = { points: [], planned: [], forecast: [] };
  csv = 'Task,Repository\r\n';

  private constructor() {}

  static create(): FakeCampaigns {
    return new FakeCampaigns();
  }

  findByKey(key: string): Campaign | undefined {
    return this.#byKey.get(key);
  }

  /** Adds a campaign, or replaces the one with the same id. */
  put(campaign: Campaign, key = campaign.id): void {
    const known = [...this.#byKey].find(([, one]) => one.id === campaign.id);
    this.#byKey.set(known?.[0] ?? key, campaign);
  }

  find(id: string): Campaign | undefined {
    return [...this.#byKey.values()].find(one => one.id === id);
  }

  list(query: CampaignListQuery): CampaignList {
    const fits = (values: string[] | undefined, ...own: string[]) =>
      !values?.length || own.some(one => values.includes(one));
    const all = [...this.#byKey.values()]
      .filter(
        one =>
          fits(query.state, one.state) &&
          fits(query.template, one.template.name) &&
          fits(query.requester, one.requester) &&
          fits(query.team, ...one.teams.map(({ team }) => team)),
      )
      .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
    const limit = query.limit ?? 25;
    const start = query.cursor ? Number(query.cursor) : 0;
    return {
      items: all.slice(start, start + limit).map(one => ({
        id: one.id,
        template: one.template,
        requester: one.requester,
        createdAt: one.createdAt,
        state: one.state,
        taskCount: one.taskCount,
        priority: one.priority,
        states: one.states,
        waves: {
          released: one.waves.filter(wave => wave.releasedAt).length,
          total: one.waves.length,
        },
        ...(one.trigger && { trigger: one.trigger }),
        ...(one.paused && { paused: one.paused }),
        ...(one.waves.find(wave => wave.state === 'stopped')?.stop && {
          stop: one.waves.find(wave => wave.state === 'stopped')?.stop?.message,
        }),
      })),
      ...(start + limit < all.length && {
        nextCursor: String(start + limit),
      }),
    };
  }
}

/** A campaign of one wave whose tasks have just been launched. */
export function newCampaign(
  options: Pick<
    Campaign,
    'id' | 'template' | 'parameters' | 'createdAt' | 'excluded'
  > & { tasks: Pick<Task, 'id' | 'team'>[] },
): Campaign {
  const { tasks, ...rest } = options;
  const states = { queued: tasks.length };
  const teams = [...new Set(tasks.map(task => task.team))];
  return {
    ...rest,
    requester: 'user:default/ada',
    tasks: tasks.map(task => task.id),
    states,
    state: 'running',
    taskCount: tasks.length,
    priority: 'normal',
    rollout: {},
    waves: [
      {
        number: 1,
        size: '100%',
        tasks: tasks.length,
        states,
        state: 'running',
        releasedAt: options.createdAt,
      },
    ],
    teams: teams.map(team => {
      const count = tasks.filter(task => task.team === team).length;
      return { team, tasks: count, states: { queued: count } };
    }),
    can: { cancel: true, approve: true, create: true },
  };
}

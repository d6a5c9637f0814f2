import {
  Campaign,
  LaunchRequest,
  Plan,
  PlanRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { mockServices } from '@backstage/backend-test-utils';
import { CampaignAccess } from '../campaigns/CampaignAccess';

/** What the backend promises, in memory: it plans, launches once for a key, and says how far a campaign is. */
export class InMemoryAgentTasks {
  readonly launches: { request: LaunchRequest; key: string; token: string }[] =
    [];
  readonly tokens: string[] = [];
  readonly #campaigns = new Map<string, Campaign>();
  excluded: Plan['excluded'] = [];
  /** How far the campaign is: the n-th answer; the last one goes on. */
  answers: (Campaign['states'] | Error)[] = [{ queued: 1 }];
  looks = 0;

  access(): CampaignAccess {
    return CampaignAccess.create({
      api: {
        plan: async (request, options) => {
          this.tokens.push(options?.token ?? '');
          return this.#plan(request);
        },
        launch: async (request, key, options) => {
          this.launches.push({ request, key, token: options?.token ?? '' });
          const before = this.#campaigns.get(key);
          const campaign = before ?? this.#campaign(request);
          this.#campaigns.set(key, campaign);
          return campaign;
        },
        getCampaign: async (id, options) => {
          this.tokens.push(options?.token ?? '');
          const answer =
            this.answers[Math.min(this.looks, this.answers.length - 1)];
          this.looks += 1;
          if (answer instanceof Error) {
            throw answer;
          }
          return {
            ...this.#campaign({ template: 'bump', parameters: {} }),
            id,
            states: answer,
          };
        },
      },
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      appBaseUrl: 'https://portal.example.com/',
    });
  }

  get campaignCount(): number {
    return this.#campaigns.size;
  }

  #plan(request: PlanRequest): Plan {
    return {
      template: { name: request.template, title: 'Bump', revision: 3 },
      summary: { tasks: 1, excluded: this.excluded.length },
      tasks: [{}],
      excluded: this.excluded,
      warnings: [],
    } as unknown as Plan;
  }

  #campaign(request: LaunchRequest): Campaign {
    const number = this.#campaigns.size + 1;
    return {
      id: `camp_${number}`,
      template: { name: request.template, title: 'Bump', revision: 3 },
      parameters: request.parameters,
      requester: 'user:default/mock',
      createdAt: '2026-11-02T08:00:00.000Z',
      tasks: [`task_${number}`],
      states: { queued: 1 },
      excluded: this.excluded,
    } as unknown as Campaign;
  }
}

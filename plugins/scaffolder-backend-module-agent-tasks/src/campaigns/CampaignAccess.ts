import {
  AgentTasksApi,
  Campaign,
  LaunchRequest,
  Plan,
  PlanRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';

/** Calls Agent Tasks as somebody: with their permissions and in their name. */
export class CampaignAccess {
  readonly #api: Pick<AgentTasksApi, 'plan' | 'launch' | 'getCampaign'>;
  readonly #auth: AuthService;
  readonly #appBaseUrl: string;

  private constructor(options: CampaignAccessOptions) {
    this.#api = options.api;
    this.#auth = options.auth;
    this.#appBaseUrl = options.appBaseUrl.replace(/\/+$/, '');
  }

  static create(options: CampaignAccessOptions): CampaignAccess {
    return new CampaignAccess(options);
  }

  /** What the scaffolder itself calls with. */
  async ownCredentials(): Promise<BackstageCredentials> {
    return this.#auth.getOwnServiceCredentials();
  }

  async plan(
    credentials: BackstageCredentials,
    request: PlanRequest,
    signal?: AbortSignal,
  ): Promise<Plan> {
    return this.#api.plan(request, {
      token: await this.#tokenOf(credentials),
      signal,
    });
  }

  async launch(
    credentials: BackstageCredentials,
    request: LaunchRequest,
    idempotencyKey: string,
  ): Promise<Campaign> {
    return this.#api.launch(request, idempotencyKey, {
      token: await this.#tokenOf(credentials),
    });
  }

  async getCampaign(
    credentials: BackstageCredentials,
    id: string,
    signal?: AbortSignal,
  ): Promise<Campaign> {
    return this.#api.getCampaign(id, {
      token: await this.#tokenOf(credentials),
      signal,
    });
  }

  campaignUrl(id: string): string {
    return `${this.#appBaseUrl}/agent-tasks/campaigns/${encodeURIComponent(id)}`;
  }

  taskUrl(id: string): string {
    return `${this.#appBaseUrl}/agent-tasks/tasks/${encodeURIComponent(id)}`;
  }

  /** Of one call: such tokens live for minutes. */
  async #tokenOf(credentials: BackstageCredentials): Promise<string> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'agent-tasks',
    });
    return token;
  }
}

export interface CampaignAccessOptions {
  api: Pick<AgentTasksApi, 'plan' | 'launch' | 'getCampaign'>;
  auth: AuthService;
  /** Where the portal is opened. */
  appBaseUrl: string;
}

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
import { CustomErrorBase, ResponseError } from '@backstage/errors';

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
    const token = await this.#tokenOf(credentials);
    return told(this.#api.plan(request, { token, signal }));
  }

  async launch(
    credentials: BackstageCredentials,
    request: LaunchRequest,
    idempotencyKey: string,
  ): Promise<Campaign> {
    const token = await this.#tokenOf(credentials);
    return told(this.#api.launch(request, idempotencyKey, { token }));
  }

  async getCampaign(
    credentials: BackstageCredentials,
    id: string,
    signal?: AbortSignal,
  ): Promise<Campaign> {
    const token = await this.#tokenOf(credentials);
    return told(this.#api.getCampaign(id, { token, signal }));
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

/** A refusal in the words of the backend, which the scaffolder shows, with its status. */
export class RefusedError extends CustomErrorBase {
  readonly statusCode: number;

  constructor(cause: ResponseError) {
    super(cause.body.error.message, cause);
    this.statusCode = cause.statusCode;
  }
}

async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof ResponseError ? new RefusedError(error) : error;
  }
}

export interface CampaignAccessOptions {
  api: Pick<AgentTasksApi, 'plan' | 'launch' | 'getCampaign'>;
  auth: AuthService;
  /** Where the portal is opened. */
  appBaseUrl: string;
}

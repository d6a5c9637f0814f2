import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type {
  Brake,
  BrakeList,
  BrakeRequest,
  Campaign,
  LaunchRequest,
  Plan,
  PlanRequest,
  Queue,
  QueueHistory,
  ResolveStartRequest,
  RunningTaskList,
  Status,
  TaskDetails,
  TaskEventList,
  TaskList,
  TaskListQuery,
  TeamDetails,
  TeamLimitsRequest,
  TeamList,
  TeamPauseRequest,
  Template,
  TemplateList,
} from './types';

/**
 * Options that every call takes.
 *
 * @public
 */
export interface AgentTasksRequestOptions {
  /** A Backstage token, for calls from a backend; in a browser the fetch API brings its own. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * The API of Agent Tasks. A call that fails throws Backstage's `ResponseError`, with the status and the message of the
 * backend.
 *
 * @public
 */
export interface AgentTasksApi {
  /** All templates, by name. */
  listTemplates(options?: AgentTasksRequestOptions): Promise<TemplateList>;
  getTemplate(
    name: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Template>;
  /** Says what a launch would do. Changes nothing. */
  plan(request: PlanRequest, options?: AgentTasksRequestOptions): Promise<Plan>;
  /**
   * Launches.
   *
   * @param idempotencyKey - unique to this launch: a repeated call with the same key launches once.
   */
  launch(
    request: LaunchRequest,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  getCampaign(
    id: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  /** One page of tasks, newest first. */
  listTasks(
    query?: TaskListQuery,
    options?: AgentTasksRequestOptions,
  ): Promise<TaskList>;
  getTask(id: string, options?: AgentTasksRequestOptions): Promise<TaskDetails>;
  /** What happened to a task, oldest first. */
  listTaskEvents(
    id: string,
    query?: { limit?: number; cursor?: string },
    options?: AgentTasksRequestOptions,
  ): Promise<TaskEventList>;
  cancelTask(
    id: string,
    body?: { reason?: string },
    options?: AgentTasksRequestOptions,
  ): Promise<TaskDetails>;
  /** Says whether the agent of an undecided task started: one of the choices of its hold. */
  resolveStart(
    id: string,
    request: ResolveStartRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TaskDetails>;
  getStatus(options?: AgentTasksRequestOptions): Promise<Status>;
  /** How deep the queue is, and what holds it. */
  getQueue(options?: AgentTasksRequestOptions): Promise<Queue>;
  /** How deep the queue was. */
  getQueueHistory(
    query?: {
      /** How far back; default: 24, at most 1,440. */
      hours?: number;
    },
    options?: AgentTasksRequestOptions,
  ): Promise<QueueHistory>;
  /** One page of the tasks that hold a run slot, the oldest first. */
  listRunningTasks(
    query?: { limit?: number; cursor?: string },
    options?: AgentTasksRequestOptions,
  ): Promise<RunningTaskList>;
  /** The brakes that are on, and what the caller may pull one on. */
  listBrakes(options?: AgentTasksRequestOptions): Promise<BrakeList>;
  pullBrake(
    request: BrakeRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<Brake>;
  releaseBrake(id: string, options?: AgentTasksRequestOptions): Promise<Brake>;
  /** The groups that have tasks or limits, with their budget in short. */
  listTeams(options?: AgentTasksRequestOptions): Promise<TeamList>;
  /**
   * The limits of a group, what is taken of them and by whom, and what the caller may do.
   *
   * @param team - entity ref, such as `group:default/payments`
   */
  getTeam(
    team: string,
    options?: AgentTasksRequestOptions,
  ): Promise<TeamDetails>;
  /** Sets those limits that the request names. Fails with 409 where somebody changed them in the meantime. */
  setTeamLimits(
    team: string,
    request: TeamLimitsRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TeamDetails>;
  /** Admits no more tasks of a group; what runs goes on. */
  pauseTeam(
    team: string,
    request: TeamPauseRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TeamDetails>;
  resumeTeam(
    team: string,
    options?: AgentTasksRequestOptions,
  ): Promise<TeamDetails>;
}

/**
 * Calls the API over HTTP; for browsers and backends.
 *
 * @public
 */
export class AgentTasksClient implements AgentTasksApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  private constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetch = options.fetchApi.fetch;
  }

  static create(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    /** Default: the platform's own fetch. */
    fetchApi?: { fetch: typeof fetch };
  }): AgentTasksClient {
    return new AgentTasksClient({
      discoveryApi: options.discoveryApi,
      // The platform's fetch loses its receiver when it is called as a property of something else.
      fetchApi: options.fetchApi ?? {
        fetch: (input, init) => globalThis.fetch(input, init),
      },
    });
  }

  async listTemplates(options?: AgentTasksRequestOptions) {
    return this.#request<TemplateList>('GET', '/templates', { options });
  }

  async getTemplate(name: string, options?: AgentTasksRequestOptions) {
    return this.#request<Template>(
      'GET',
      `/templates/${encodeURIComponent(name)}`,
      { options },
    );
  }

  async plan(request: PlanRequest, options?: AgentTasksRequestOptions) {
    return this.#request<Plan>('POST', '/plans', { body: request, options });
  }

  async launch(
    request: LaunchRequest,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Campaign>('POST', '/campaigns', {
      body: request,
      headers: { 'Idempotency-Key': idempotencyKey },
      options,
    });
  }

  async getCampaign(id: string, options?: AgentTasksRequestOptions) {
    return this.#request<Campaign>(
      'GET',
      `/campaigns/${encodeURIComponent(id)}`,
      { options },
    );
  }

  async listTasks(query?: TaskListQuery, options?: AgentTasksRequestOptions) {
    return this.#request<TaskList>('GET', '/tasks', { query, options });
  }

  async getTask(id: string, options?: AgentTasksRequestOptions) {
    return this.#request<TaskDetails>(
      'GET',
      `/tasks/${encodeURIComponent(id)}`,
      { options },
    );
  }

  async listTaskEvents(
    id: string,
    query?: { limit?: number; cursor?: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TaskEventList>(
      'GET',
      `/tasks/${encodeURIComponent(id)}/events`,
      { query, options },
    );
  }

  async cancelTask(
    id: string,
    body?: { reason?: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TaskDetails>(
      'POST',
      `/tasks/${encodeURIComponent(id)}/cancel`,
      { body: body ?? {}, options },
    );
  }

  async resolveStart(
    id: string,
    request: ResolveStartRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TaskDetails>(
      'POST',
      `/tasks/${encodeURIComponent(id)}/resolve-start`,
      { body: request, options },
    );
  }

  async getStatus(options?: AgentTasksRequestOptions) {
    return this.#request<Status>('GET', '/status', { options });
  }

  async getQueue(options?: AgentTasksRequestOptions) {
    return this.#request<Queue>('GET', '/queue', { options });
  }

  async getQueueHistory(
    query?: { hours?: number },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<QueueHistory>('GET', '/queue/history', {
      query,
      options,
    });
  }

  async listRunningTasks(
    query?: { limit?: number; cursor?: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<RunningTaskList>('GET', '/queue/running', {
      query,
      options,
    });
  }

  async listBrakes(options?: AgentTasksRequestOptions) {
    return this.#request<BrakeList>('GET', '/brakes', { options });
  }

  async pullBrake(request: BrakeRequest, options?: AgentTasksRequestOptions) {
    return this.#request<Brake>('POST', '/brakes', { body: request, options });
  }

  async releaseBrake(id: string, options?: AgentTasksRequestOptions) {
    return this.#request<Brake>(
      'POST',
      `/brakes/${encodeURIComponent(id)}/release`,
      { body: {}, options },
    );
  }

  async listTeams(options?: AgentTasksRequestOptions) {
    return this.#request<TeamList>('GET', '/teams', { options });
  }

  async getTeam(team: string, options?: AgentTasksRequestOptions) {
    return this.#request<TeamDetails>('GET', teamPath(team), { options });
  }

  async setTeamLimits(
    team: string,
    request: TeamLimitsRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TeamDetails>('PUT', `${teamPath(team)}/limits`, {
      body: request,
      options,
    });
  }

  async pauseTeam(
    team: string,
    request: TeamPauseRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TeamDetails>('POST', `${teamPath(team)}/pause`, {
      body: request,
      options,
    });
  }

  async resumeTeam(team: string, options?: AgentTasksRequestOptions) {
    return this.#request<TeamDetails>('POST', `${teamPath(team)}/resume`, {
      body: {},
      options,
    });
  }

  async #request<T>(
    method: string,
    path: string,
    request: {
      query?: Record<string, string | number | readonly string[] | undefined>;
      headers?: Record<string, string>;
      body?: unknown;
      options?: AgentTasksRequestOptions;
    },
  ): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('agent-tasks');
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {})) {
      for (const one of [value ?? []].flat()) {
        parameters.append(name, String(one));
      }
    }
    const search = parameters.size ? `?${parameters}` : '';
    const response = await this.#fetch(`${baseUrl}${path}${search}`, {
      method,
      headers: {
        ...request.headers,
        ...(request.body !== undefined && {
          'Content-Type': 'application/json',
        }),
        ...(request.options?.token && {
          Authorization: `Bearer ${request.options.token}`,
        }),
      },
      body:
        request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: request.options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return (await response.json()) as T;
  }
}

/** Its parts one by one: proxies do not agree on what an encoded slash is. */
function teamPath(team: string): string {
  const { kind, namespace, name } = parseEntityRef(team, {
    defaultKind: 'group',
  });
  return `/teams/${[kind, namespace, name].map(encodeURIComponent).join('/')}`;
}

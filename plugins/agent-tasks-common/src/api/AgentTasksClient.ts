import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type {
  AddComponentsRequest,
  AuditEventList,
  AuditQuery,
  Brake,
  BrakeList,
  BrakeRequest,
  BulkTaskRequest,
  BulkTaskResults,
  Campaign,
  CampaignBurndown,
  CampaignList,
  CampaignListQuery,
  CreateTemplateRequest,
  LaunchRequest,
  PauseTemplateRequest,
  Plan,
  PlanRequest,
  PreviewTemplateRequest,
  Queue,
  QueueHistory,
  ResolveStartRequest,
  ReviseTemplateRequest,
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
  TemplatePreview,
  TemplateRevision,
  TemplateRevisionList,
  TemplateValidation,
  Trigger,
  TriggerList,
  TriggerRequest,
  TriggerRun,
  TriggerRunList,
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
  /** All templates, by name; with `archived` also those that were archived. */
  listTemplates(
    options?: AgentTasksRequestOptions & { archived?: boolean },
  ): Promise<TemplateList>;
  getTemplate(
    name: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Template>;
  /** The JSON Schema of templates. */
  getTemplateSchema(
    options?: AgentTasksRequestOptions,
  ): Promise<Record<string, unknown>>;
  /** Adds a template that is written in the portal. */
  createTemplate(
    request: CreateTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevision>;
  /** Writes a new revision. Fails with 409 where somebody else revised it in the meantime. */
  reviseTemplate(
    name: string,
    request: ReviseTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevision>;
  /** What is wrong with a text; `parseTemplate` tells the same without a request. */
  validateTemplate(
    yaml: string,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateValidation>;
  /** Renders the prompt for a component. Stores nothing. */
  previewTemplate(
    request: PreviewTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplatePreview>;
  /** The revisions of a template, the newest first. */
  listTemplateRevisions(
    name: string,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevisionList>;
  getTemplateRevision(
    name: string,
    number: number,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevision>;
  /** Holds back what is queued of a template; what runs goes on. */
  pauseTemplate(
    name: string,
    request: PauseTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<Template>;
  resumeTemplate(
    name: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Template>;
  /** Takes a template of the portal out of use. */
  archiveTemplate(
    name: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Template>;
  restoreTemplate(
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
  /** One page of campaigns, newest first. */
  listCampaigns(
    query?: CampaignListQuery,
    options?: AgentTasksRequestOptions,
  ): Promise<CampaignList>;
  /** How many of its tasks were open when, and will be. */
  getCampaignBurndown(
    id: string,
    options?: AgentTasksRequestOptions,
  ): Promise<CampaignBurndown>;
  /** Starts no more of its tasks, and releases no wave; what runs goes on. */
  pauseCampaign(
    id: string,
    request: { reason: string; until?: string },
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  resumeCampaign(
    id: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  /** Cancels all of its tasks that have not settled. */
  cancelCampaign(
    id: string,
    request: { reason: string },
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  /** Tries the tasks again: those named, or all that failed. */
  retryCampaign(
    id: string,
    request?: { tasks?: string[] },
    options?: AgentTasksRequestOptions,
  ): Promise<BulkTaskResults>;
  /** Changes the priority of its tasks that still wait: of those named, or of all. */
  setCampaignPriority(
    id: string,
    request: {
      priority: NonNullable<BulkTaskRequest['priority']>;
      tasks?: string[];
    },
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  /**
   * Adds components to a campaign.
   *
   * @param idempotencyKey - unique to this addition: a repeated call with the same key adds them once.
   */
  addCampaignComponents(
    id: string,
    request: AddComponentsRequest,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  /** Lets a wave begin that waits for approval. */
  approveCampaignWave(
    id: string,
    number: number,
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  /** Goes on after a rule has stopped the campaign. */
  continueCampaign(
    id: string,
    request: { reason: string },
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign>;
  /** All tasks of a campaign as CSV. */
  exportCampaign(
    id: string,
    options?: AgentTasksRequestOptions,
  ): Promise<string>;
  /** Does the same to many tasks; each has a result. */
  bulkTasks(
    request: BulkTaskRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<BulkTaskResults>;
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
  /** Tries a task again, in the way that its `retry` says. */
  retryTask(
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
  /** One page of all that happened, newest first. */
  listEvents(
    query?: AuditQuery,
    options?: AgentTasksRequestOptions,
  ): Promise<AuditEventList>;
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
  /** What launches by itself, by name. */
  listTriggers(options?: AgentTasksRequestOptions): Promise<TriggerList>;
  getTrigger(id: string, options?: AgentTasksRequestOptions): Promise<Trigger>;
  createTrigger(
    request: TriggerRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<Trigger>;
  /** Replaces what a trigger does. Fails with 409 where somebody changed it since `expectedVersion`. */
  updateTrigger(
    id: string,
    request: TriggerRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<Trigger>;
  deleteTrigger(id: string, options?: AgentTasksRequestOptions): Promise<void>;
  pauseTrigger(
    id: string,
    body: { reason: string },
    options?: AgentTasksRequestOptions,
  ): Promise<Trigger>;
  resumeTrigger(
    id: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Trigger>;
  /**
   * Runs a schedule now.
   *
   * @param idempotencyKey - unique to this run: a repeated call with the same key runs it once.
   */
  runTrigger(
    id: string,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ): Promise<TriggerRun>;
  /** One page of the runs of a trigger, newest first. */
  listTriggerRuns(
    id: string,
    query?: { limit?: number; cursor?: string },
    options?: AgentTasksRequestOptions,
  ): Promise<TriggerRunList>;
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

  async listTemplates(
    options?: AgentTasksRequestOptions & { archived?: boolean },
  ) {
    return this.#request<TemplateList>('GET', '/templates', {
      query: options?.archived ? { archived: 'true' } : {},
      options,
    });
  }

  async getTemplate(name: string, options?: AgentTasksRequestOptions) {
    return this.#request<Template>('GET', templatePath(name), { options });
  }

  async getTemplateSchema(options?: AgentTasksRequestOptions) {
    return this.#request<Record<string, unknown>>('GET', '/templates/schema', {
      options,
    });
  }

  async createTemplate(
    request: CreateTemplateRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TemplateRevision>('POST', '/templates', {
      body: request,
      options,
    });
  }

  async reviseTemplate(
    name: string,
    request: ReviseTemplateRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TemplateRevision>('PUT', templatePath(name), {
      body: request,
      options,
    });
  }

  async validateTemplate(yaml: string, options?: AgentTasksRequestOptions) {
    return this.#request<TemplateValidation>('POST', '/templates/validate', {
      body: { yaml },
      options,
    });
  }

  async previewTemplate(
    request: PreviewTemplateRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TemplatePreview>('POST', '/templates/preview', {
      body: request,
      options,
    });
  }

  async listTemplateRevisions(
    name: string,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TemplateRevisionList>(
      'GET',
      `${templatePath(name)}/revisions`,
      { options },
    );
  }

  async getTemplateRevision(
    name: string,
    number: number,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TemplateRevision>(
      'GET',
      `${templatePath(name)}/revisions/${number}`,
      { options },
    );
  }

  async pauseTemplate(
    name: string,
    request: PauseTemplateRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Template>('POST', `${templatePath(name)}/pause`, {
      body: request,
      options,
    });
  }

  async resumeTemplate(name: string, options?: AgentTasksRequestOptions) {
    return this.#request<Template>('POST', `${templatePath(name)}/resume`, {
      body: {},
      options,
    });
  }

  async archiveTemplate(name: string, options?: AgentTasksRequestOptions) {
    return this.#request<Template>('POST', `${templatePath(name)}/archive`, {
      body: {},
      options,
    });
  }

  async restoreTemplate(name: string, options?: AgentTasksRequestOptions) {
    return this.#request<Template>('POST', `${templatePath(name)}/restore`, {
      body: {},
      options,
    });
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

  async listCampaigns(
    query?: CampaignListQuery,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<CampaignList>('GET', '/campaigns', { query, options });
  }

  async getCampaignBurndown(id: string, options?: AgentTasksRequestOptions) {
    return this.#request<CampaignBurndown>(
      'GET',
      `${campaignPath(id)}/burndown`,
      { options },
    );
  }

  async pauseCampaign(
    id: string,
    request: { reason: string; until?: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Campaign>('POST', `${campaignPath(id)}/pause`, {
      body: request,
      options,
    });
  }

  async resumeCampaign(id: string, options?: AgentTasksRequestOptions) {
    return this.#request<Campaign>('POST', `${campaignPath(id)}/resume`, {
      body: {},
      options,
    });
  }

  async cancelCampaign(
    id: string,
    request: { reason: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Campaign>('POST', `${campaignPath(id)}/cancel`, {
      body: request,
      options,
    });
  }

  async retryCampaign(
    id: string,
    request: { tasks?: string[] } = {},
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<BulkTaskResults>('POST', `${campaignPath(id)}/retry`, {
      body: request,
      options,
    });
  }

  async setCampaignPriority(
    id: string,
    request: {
      priority: NonNullable<BulkTaskRequest['priority']>;
      tasks?: string[];
    },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Campaign>('POST', `${campaignPath(id)}/priority`, {
      body: request,
      options,
    });
  }

  async addCampaignComponents(
    id: string,
    request: AddComponentsRequest,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Campaign>('POST', `${campaignPath(id)}/components`, {
      body: request,
      headers: { 'Idempotency-Key': idempotencyKey },
      options,
    });
  }

  async approveCampaignWave(
    id: string,
    number: number,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Campaign>(
      'POST',
      `${campaignPath(id)}/waves/${number}/approve`,
      { body: {}, options },
    );
  }

  async continueCampaign(
    id: string,
    request: { reason: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Campaign>('POST', `${campaignPath(id)}/continue`, {
      body: request,
      options,
    });
  }

  async exportCampaign(id: string, options?: AgentTasksRequestOptions) {
    const response = await this.#send('GET', `${campaignPath(id)}/export`, {
      options,
    });
    return response.text();
  }

  async bulkTasks(
    request: BulkTaskRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<BulkTaskResults>('POST', '/tasks/bulk', {
      body: request,
      options,
    });
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

  async retryTask(
    id: string,
    body?: { reason?: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TaskDetails>(
      'POST',
      `/tasks/${encodeURIComponent(id)}/retry`,
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

  async listEvents(query?: AuditQuery, options?: AgentTasksRequestOptions) {
    return this.#request<AuditEventList>('GET', '/events', { query, options });
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

  async listTriggers(options?: AgentTasksRequestOptions) {
    return this.#request<TriggerList>('GET', '/triggers', { options });
  }

  async getTrigger(id: string, options?: AgentTasksRequestOptions) {
    return this.#request<Trigger>('GET', triggerPath(id), { options });
  }

  async createTrigger(
    request: TriggerRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Trigger>('POST', '/triggers', {
      body: request,
      options,
    });
  }

  async updateTrigger(
    id: string,
    request: TriggerRequest,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Trigger>('PUT', triggerPath(id), {
      body: request,
      options,
    });
  }

  async deleteTrigger(id: string, options?: AgentTasksRequestOptions) {
    await this.#request<undefined>('DELETE', triggerPath(id), { options });
  }

  async pauseTrigger(
    id: string,
    body: { reason: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<Trigger>('POST', `${triggerPath(id)}/pause`, {
      body,
      options,
    });
  }

  async resumeTrigger(id: string, options?: AgentTasksRequestOptions) {
    return this.#request<Trigger>('POST', `${triggerPath(id)}/resume`, {
      body: {},
      options,
    });
  }

  async runTrigger(
    id: string,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TriggerRun>('POST', `${triggerPath(id)}/run`, {
      body: {},
      headers: { 'Idempotency-Key': idempotencyKey },
      options,
    });
  }

  async listTriggerRuns(
    id: string,
    query?: { limit?: number; cursor?: string },
    options?: AgentTasksRequestOptions,
  ) {
    return this.#request<TriggerRunList>('GET', `${triggerPath(id)}/runs`, {
      query,
      options,
    });
  }

  async #request<T>(
    method: string,
    path: string,
    request: ApiRequest,
  ): Promise<T> {
    const response = await this.#send(method, path, request);
    // Of what is gone nothing is answered.
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async #send(
    method: string,
    path: string,
    request: ApiRequest,
  ): Promise<Response> {
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
    return response;
  }
}

/** What is sent to the API. */
interface ApiRequest {
  query?: Record<
    string,
    string | number | boolean | readonly (string | number)[] | undefined
  >;
  headers?: Record<string, string>;
  body?: unknown;
  options?: AgentTasksRequestOptions;
}

function campaignPath(id: string): string {
  return `/campaigns/${encodeURIComponent(id)}`;
}

function templatePath(name: string): string {
  return `/templates/${encodeURIComponent(name)}`;
}

/** Its parts one by one: proxies do not agree on what an encoded slash is. */
function teamPath(team: string): string {
  const { kind, namespace, name } = parseEntityRef(team, {
    defaultKind: 'group',
  });
  return `/teams/${[kind, namespace, name].map(encodeURIComponent).join('/')}`;
}

function triggerPath(id: string): string {
  return `/triggers/${encodeURIComponent(id)}`;
}

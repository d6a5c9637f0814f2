import {
  type AddComponentsRequest,
  agentTaskTemplateSchema,
  type AgentTasksApi,
  type AgentTasksRequestOptions,
  type AuditEvent,
  type AuditQuery,
  type Brake,
  type BrakeList,
  type BrakeRequest,
  type BulkTaskRequest,
  type BulkTaskResults,
  type Campaign,
  type CampaignListQuery,
  type CreateTemplateRequest,
  isSettled,
  type LaunchRequest,
  type PauseTemplateRequest,
  type Plan,
  type PlanRequest,
  type PreviewTemplateRequest,
  type Queue,
  type QueueHistory,
  parseTemplate,
  renderPrompt,
  type ResolveStartRequest,
  type ReviseTemplateRequest,
  type RunningTask,
  type Status,
  type Task,
  type TaskDetails,
  type TaskEvent,
  type TaskListQuery,
  type TaskState,
  type TeamLimitsRequest,
  type TeamPauseRequest,
  type Template,
  type TemplatePreview,
  type TemplateRevision,
  type TemplateRevisionList,
  type TemplateValidation,
  type TriggerRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { ResponseError } from '@backstage/errors';
import { exampleTask, exampleTemplates } from './exampleData';
import { examplePlan, examplePlannedTask } from './examplePlan';
import { exampleQueue, exampleQueueTeam } from './exampleQueue';
import { FakeCampaigns, newCampaign } from './FakeCampaigns';
import { FakeTeams } from './FakeTeams';
import { FakeTemplates } from './FakeTemplates';
import { FakeTriggers } from './FakeTriggers';

type Method = keyof AgentTasksApi;

interface StoredTask {
  details: TaskDetails;
  events: TaskEvent[];
}

/** Makes the error that the client throws when the backend refuses. */
export async function createResponseError(
  status: number,
  message: string,
): Promise<Error> {
  const body = {
    error: { name: 'Error', message },
    response: { statusCode: status },
  };
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: 'Error',
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () => JSON.stringify(body),
  } as Response);
}

/**
 * The API of Agent Tasks in memory, for tests and the test app. It does what the real one promises: pages by cursors,
 * filters, plans, and launches once for one key. What happens to a task is told to it from outside.
 */
export class FakeAgentTasksApi implements AgentTasksApi {
  readonly recipes = FakeTemplates.create(exampleTemplates);
  status: Status = {
    remotes: [
      {
        id: 'github-copilot',
        title: 'GitHub Copilot',
        role: 'provider',
        state: 'available',
      },
      {
        id: 'github',
        title: 'GitHub',
        role: 'code-host',
        state: 'available',
      },
    ],
    queue: { queued: 0, running: 1, limit: 5 },
  };
  /** What the queue says of itself; by default it is made of the tasks. */
  queue?: Omit<Queue, 'brakes'>;
  /** How deep the queue was; by default nobody has looked yet. */
  history: QueueHistory = { teams: [], samples: [] };
  running: RunningTask[] = [];
  readonly teams = FakeTeams.create();
  readonly triggers = new FakeTriggers();
  brakes: Brake[] = [];
  /** What the audit tells, newest first; by default what happened to the tasks. */
  audit?: AuditEvent[];
  mayPull: BrakeList['mayPull'] = { everything: false, teams: [] };
  /** Changes the plan before it is answered. */
  adaptPlan: (plan: Plan, request: PlanRequest) => Plan = plan => plan;
  /** The components that every selection by filter or search finds. */
  matching: string[] = ['component:default/payments-api'];
  /** Told the ids of tasks that changed. */
  onChanged: (taskIds: string[]) => void = () => {};

  readonly calls: { method: Method; arguments: unknown[] }[] = [];
  readonly #tasks = new Map<string, StoredTask>();
  readonly campaigns = FakeCampaigns.create();
  readonly #failures = new Map<Method, Error>();
  readonly #waits = new Map<Method, Promise<void>>();
  #number = 0;

  private constructor() {}

  get templates(): Template[] {
    return this.recipes.templates;
  }

  set templates(templates: Template[]) {
    this.recipes.templates = templates;
  }

  static create(): FakeAgentTasksApi {
    return new FakeAgentTasksApi();
  }

  /** Lets a method fail from now on; without an error it works again. */
  fail(method: Method, error?: Error): void {
    if (error) {
      this.#failures.set(method, error);
    } else {
      this.#failures.delete(method);
    }
  }

  /** Lets a method wait until the function that is returned is called. */
  hold(method: Method): () => void {
    let release = () => {};
    this.#waits.set(
      method,
      new Promise(resolve => {
        release = () => {
          this.#waits.delete(method);
          resolve();
        };
      }),
    );
    return release;
  }

  callsOf(method: Method): unknown[][] {
    return this.calls
      .filter(call => call.method === method)
      .map(call => call.arguments);
  }

  addTask(
    overrides: Partial<Task> & { id: string },
    more: Partial<Omit<TaskDetails, 'task'>> & { events?: TaskEvent[] } = {},
  ): void {
    const task = exampleTask(overrides);
    const { events, ...details } = more;
    this.#tasks.set(task.id, {
      details: {
        task,
        parameters: { dependency: 'axios', version: '1.12.2' },
        prompt: {
          text: 'Update axios to 1.12.2.',
          segments: [
            { text: 'Update ' },
            { text: 'axios', source: 'parameters.dependency' },
            { text: ' to ' },
            { text: '1.12.2', source: 'parameters.version' },
            { text: '.' },
          ],
        },
        attempts: [],
        permissions: { cancel: !isSettled(task.state) },
        ...details,
      },
      events: events ?? [
        {
          id: `${task.id}-1`,
          at: task.createdAt,
          type: 'task.launched',
          actor: task.requester,
          toState: 'queued',
          message: `Launched “${task.template.title}”.`,
          details: {},
        },
      ],
    });
  }

  /** Lets something happen to a task, and tells whoever listens. */
  change(
    taskId: string,
    update: {
      task?: Partial<Task>;
      details?: Partial<TaskDetails>;
      event?: Partial<TaskEvent> & { message: string };
    },
  ): void {
    const stored = this.#stored(taskId);
    const before = stored.details.task.state;
    const now = new Date().toISOString();
    const task: Task = {
      ...stored.details.task,
      updatedAt: now,
      ...(update.task?.state &&
        update.task.state !== before && { stateSince: now }),
      ...update.task,
    };
    this.#tasks.set(taskId, {
      details: {
        ...stored.details,
        permissions: { cancel: !isSettled(task.state) },
        ...update.details,
        task,
      },
      events: update.event
        ? [
            ...stored.events,
            {
              id: `${taskId}-${stored.events.length + 1}`,
              at: now,
              type: 'task.changed',
              actor: 'system',
              fromState: before,
              toState: task.state,
              details: {},
              ...update.event,
            },
          ]
        : stored.events,
    });
    this.onChanged([taskId]);
  }

  stateOf(taskId: string): TaskState {
    return this.#stored(taskId).details.task.state;
  }

  async listTemplates(
    options?: AgentTasksRequestOptions & { archived?: boolean },
  ) {
    await this.#enter('listTemplates', [], options);
    return {
      items: this.templates.filter(
        ({ archivedAt }) => !archivedAt || options?.archived,
      ),
    };
  }

  async getTemplate(name: string, options?: AgentTasksRequestOptions) {
    await this.#enter('getTemplate', [name], options);
    const found = this.recipes.find(name);
    if (!found) {
      throw await createResponseError(404, `There is no template '${name}'.`);
    }
    return found;
  }

  async getTemplateSchema(
    options?: AgentTasksRequestOptions,
  ): Promise<Record<string, unknown>> {
    await this.#enter('getTemplateSchema', [], options);
    return agentTaskTemplateSchema;
  }

  async createTemplate(
    request: CreateTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevision> {
    await this.#enter('createTemplate', [request], options);
    const created = this.recipes.create(request.yaml);
    if (!created) {
      throw await createResponseError(409, 'There is a template of this name.');
    }
    return created;
  }

  async reviseTemplate(
    name: string,
    request: ReviseTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevision> {
    await this.#enter('reviseTemplate', [name, request], options);
    const revised = this.recipes.revise(name, request);
    if (!revised) {
      throw await createResponseError(409, 'Somebody revised it meanwhile.');
    }
    return revised;
  }

  async validateTemplate(
    yaml: string,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateValidation> {
    await this.#enter('validateTemplate', [yaml], options);
    return { problems: parseTemplate(yaml).problems };
  }

  async previewTemplate(
    request: PreviewTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplatePreview> {
    await this.#enter('previewTemplate', [request], options);
    return this.recipes.preview(request);
  }

  async listTemplateRevisions(
    name: string,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevisionList> {
    await this.#enter('listTemplateRevisions', [name], options);
    return { items: this.recipes.revisionsOf(name) };
  }

  async getTemplateRevision(
    name: string,
    number: number,
    options?: AgentTasksRequestOptions,
  ): Promise<TemplateRevision> {
    await this.#enter('getTemplateRevision', [name, number], options);
    const found = this.recipes
      .revisionsOf(name)
      .find(revision => revision.number === number);
    if (!found) {
      throw await createResponseError(404, `There is no revision ${number}.`);
    }
    return found;
  }

  async pauseTemplate(
    name: string,
    request: PauseTemplateRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<Template> {
    await this.#enter('pauseTemplate', [name, request], options);
    return this.recipes.pause(name, request) ?? this.#template(name);
  }

  async resumeTemplate(name: string, options?: AgentTasksRequestOptions) {
    await this.#enter('resumeTemplate', [name], options);
    return this.recipes.resume(name) ?? this.#template(name);
  }

  async archiveTemplate(name: string, options?: AgentTasksRequestOptions) {
    await this.#enter('archiveTemplate', [name], options);
    return this.recipes.archive(name) ?? this.#template(name);
  }

  async restoreTemplate(name: string, options?: AgentTasksRequestOptions) {
    await this.#enter('restoreTemplate', [name], options);
    return this.recipes.restore(name) ?? this.#template(name);
  }

  async plan(request: PlanRequest, options?: AgentTasksRequestOptions) {
    await this.#enter('plan', [request], options);
    return this.#makePlan(request);
  }

  async launch(
    request: LaunchRequest,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ): Promise<Campaign> {
    await this.#enter('launch', [request, idempotencyKey], options);
    const before = this.campaigns.findByKey(idempotencyKey);
    if (before) {
      return before;
    }
    const plan = this.#makePlan(request);
    const createdAt = new Date().toISOString();
    const id = `camp_${++this.#number}`;
    const tasks = plan.tasks.map(planned => {
      const taskId = `task_new${++this.#number}`;
      this.addTask(
        {
          id: taskId,
          campaignId: id,
          template: plan.template,
          team: planned.team,
          repository: planned.repository,
          components: planned.components,
          createdAt,
        },
        {
          parameters: request.parameters,
          prompt: planned.prompt,
          hold: planned.hold,
        },
      );
      return taskId;
    });
    const campaign = newCampaign({
      id,
      template: plan.template,
      parameters: request.parameters,
      createdAt,
      tasks: tasks.map((task, index) => ({
        id: task,
        team: plan.tasks[index].team,
      })),
      excluded: plan.excluded,
    });
    this.campaigns.put(campaign, idempotencyKey);
    this.onChanged(tasks);
    return campaign;
  }

  async getCampaign(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('getCampaign', [id], options);
    return this.#campaign(id);
  }

  async listCampaigns(
    query: CampaignListQuery = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('listCampaigns', [query], options);
    return this.campaigns.list(query);
  }

  async getCampaignBurndown(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('getCampaignBurndown', [id], options);
    return this.campaigns.burndown;
  }

  async pauseCampaign(
    id: string,
    request: { reason: string; until?: string },
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('pauseCampaign', [id, request], options);
    return this.#changeCampaign(id, {
      state: 'paused',
      paused: {
        ...request,
        by: 'user:default/ada',
        since: new Date().toISOString(),
      },
    });
  }

  async resumeCampaign(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('resumeCampaign', [id], options);
    return this.#changeCampaign(id, { state: 'running', paused: undefined });
  }

  async cancelCampaign(
    id: string,
    request: { reason: string },
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('cancelCampaign', [id, request], options);
    const campaign = await this.#campaign(id);
    return this.#changeCampaign(id, {
      state: 'cancelled',
      states: { cancelled: campaign.taskCount },
      cancelled: {
        ...request,
        by: 'user:default/ada',
        at: new Date().toISOString(),
      },
    });
  }

  async retryCampaign(
    id: string,
    request: { tasks?: string[] } = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('retryCampaign', [id, request], options);
    const { tasks = (await this.#campaign(id)).tasks } = request;
    return { results: tasks.map(taskId => ({ taskId, ok: true })) };
  }

  async setCampaignPriority(
    id: string,
    request: { priority: Campaign['priority']; tasks?: string[] },
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('setCampaignPriority', [id, request], options);
    return this.#changeCampaign(id, { priority: request.priority });
  }

  async addCampaignComponents(
    id: string,
    request: AddComponentsRequest,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter(
      'addCampaignComponents',
      [id, request, idempotencyKey],
      options,
    );
    const campaign = await this.#campaign(id);
    return this.#changeCampaign(id, {
      taskCount: campaign.taskCount + (request.components?.length ?? 0),
    });
  }

  async approveCampaignWave(
    id: string,
    number: number,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('approveCampaignWave', [id, number], options);
    const campaign = await this.#campaign(id);
    return this.#changeCampaign(id, {
      state: 'running',
      waves: campaign.waves.map(wave =>
        wave.number === number
          ? {
              ...wave,
              state: 'running' as const,
              releasedAt: new Date().toISOString(),
              approvedBy: 'user:default/ada',
            }
          : wave,
      ),
    });
  }

  async continueCampaign(
    id: string,
    request: { reason: string },
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('continueCampaign', [id, request], options);
    const campaign = await this.#campaign(id);
    return this.#changeCampaign(id, {
      state: 'running',
      waves: campaign.waves.map(wave =>
        wave.state === 'stopped'
          ? {
              ...wave,
              state: 'done' as const,
              continuedBy: 'user:default/ada',
            }
          : wave,
      ),
    });
  }

  async exportCampaign(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('exportCampaign', [id], options);
    return this.campaigns.csv;
  }

  async bulkTasks(
    request: BulkTaskRequest,
    options?: AgentTasksRequestOptions,
  ): Promise<BulkTaskResults> {
    await this.#enter('bulkTasks', [request], options);
    return {
      results: request.tasks.map(taskId => {
        const task = this.#tasks.get(taskId)?.details.task;
        if (!task) {
          return { taskId, ok: false, message: `There is no task ${taskId}.` };
        }
        if (request.action === 'cancel') {
          if (isSettled(task.state)) {
            return {
              taskId,
              ok: false,
              message: `The task has ended already (${task.state}).`,
            };
          }
          this.change(taskId, { task: { state: 'cancelled' } });
        }
        return { taskId, ok: true };
      }),
    };
  }

  async #campaign(id: string): Promise<Campaign> {
    const campaign = this.campaigns.find(id);
    if (!campaign) {
      throw await createResponseError(404, `no campaign '${id}'`);
    }
    return campaign;
  }

  async #changeCampaign(
    id: string,
    changes: Partial<Campaign>,
  ): Promise<Campaign> {
    this.campaigns.put({ ...(await this.#campaign(id)), ...changes });
    this.onChanged([]);
    return this.#campaign(id);
  }

  async listTasks(
    query: TaskListQuery = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('listTasks', [query], options);
    const fits = (values: string[] | undefined, ...own: string[]) =>
      !values?.length || own.some(one => values.includes(one));
    const all = [...this.#tasks.values()]
      .map(({ details }) => details.task)
      .filter(
        task =>
          fits(query.team, task.team) &&
          fits(query.state, task.state) &&
          fits(query.template, task.template.name) &&
          fits(query.campaign, task.campaignId) &&
          fits(
            query.component,
            ...task.components.map(({ entityRef }) => entityRef),
          ),
      )
      .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
    const limit = query.limit ?? 25;
    const start = query.cursor ? Number(query.cursor.replace('at-', '')) : 0;
    if (Number.isNaN(start)) {
      throw await createResponseError(400, 'the cursor is of no known list');
    }
    return {
      items: all.slice(start, start + limit),
      ...(start + limit < all.length && { nextCursor: `at-${start + limit}` }),
      ...(start > 0 && { previousCursor: `at-${Math.max(0, start - limit)}` }),
    };
  }

  async getTask(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('getTask', [id], options);
    const stored = this.#tasks.get(id);
    if (!stored) {
      throw await createResponseError(404, `no task '${id}'`);
    }
    return stored.details;
  }

  async listTaskEvents(
    id: string,
    query: { limit?: number; cursor?: string } = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('listTaskEvents', [id, query], options);
    return { items: this.#tasks.get(id)?.events ?? [] };
  }

  async cancelTask(
    id: string,
    body: { reason?: string } = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('cancelTask', [id, body], options);
    this.change(id, {
      task: { state: 'cancelled', stateReason: body.reason },
      details: { hold: undefined },
      event: {
        message: 'Cancelled before it started.',
        actor: 'user:default/ada',
      },
    });
    return this.#stored(id).details;
  }

  async retryTask(
    id: string,
    body: { reason?: string } = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('retryTask', [id, body], options);
    this.change(id, {
      task: { state: 'queued', stateReason: undefined },
      details: { retry: undefined },
      event: { message: 'Tried again.', actor: 'user:default/ada' },
    });
    return this.#stored(id).details;
  }

  async resolveStart(
    id: string,
    request: ResolveStartRequest,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('resolveStart', [id, request], options);
    this.change(id, {
      task: { state: request.choice === 'started' ? 'running' : 'queued' },
      details: { hold: undefined },
      event: { message: 'Decided by hand.', actor: 'user:default/ada' },
    });
    return this.#stored(id).details;
  }

  async listEvents(query: AuditQuery = {}, options?: AgentTasksRequestOptions) {
    await this.#enter('listEvents', [query], options);
    const fits = (values: string[] | undefined, own: string) =>
      !values?.length ||
      values.some(one => own === one || own.startsWith(`${one}.`));
    const all = (this.audit ?? this.#auditOfTasks()).filter(
      event =>
        fits(query.actor, event.actor) &&
        fits(query.type, event.type) &&
        (!query.campaign || event.campaignId === query.campaign) &&
        (!query.task || event.taskId === query.task) &&
        (!query.from || event.at >= query.from) &&
        (!query.to || event.at < query.to),
    );
    const start = Number(query.cursor ?? 0);
    const end = start + (query.limit ?? 50);
    return {
      items: all.slice(start, end),
      ...(end < all.length && { nextCursor: String(end) }),
    };
  }

  #auditOfTasks(): AuditEvent[] {
    return [...this.#tasks.values()]
      .flatMap(({ details: { task }, events }) =>
        events.map(event => ({
          ...event,
          taskId: task.id,
          campaignId: task.campaignId,
          team: task.team,
          repository: task.repository.ref,
        })),
      )
      .sort((one, other) => other.at.localeCompare(one.at));
  }

  async getStatus(options?: AgentTasksRequestOptions) {
    await this.#enter('getStatus', [], options);
    return this.status;
  }

  async getQueue(options?: AgentTasksRequestOptions) {
    await this.#enter('getQueue', [], options);
    return { ...(this.queue ?? this.#summarizeQueue()), brakes: this.brakes };
  }

  async getQueueHistory(
    query: { hours?: number } = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('getQueueHistory', [query], options);
    return this.history;
  }

  async listRunningTasks(
    query: { limit?: number; cursor?: string } = {},
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('listRunningTasks', [query], options);
    return { items: this.running };
  }

  async listTriggers(options?: AgentTasksRequestOptions) {
    await this.#enter('listTriggers', [], options);
    return this.triggers.list();
  }

  async getTrigger(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('getTrigger', [id], options);
    return this.triggers.get(id);
  }

  async createTrigger(
    request: TriggerRequest,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('createTrigger', [request], options);
    return this.triggers.create(request);
  }

  async updateTrigger(
    id: string,
    request: TriggerRequest,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('updateTrigger', [id, request], options);
    const changed = this.triggers.update(id, request);
    if (!changed) {
      throw await createResponseError(409, 'somebody changed it meanwhile');
    }
    return changed;
  }

  async deleteTrigger(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('deleteTrigger', [id], options);
    this.triggers.remove(id);
  }

  async pauseTrigger(
    id: string,
    body: { reason: string },
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('pauseTrigger', [id, body], options);
    return this.triggers.pause(id, body.reason);
  }

  async resumeTrigger(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('resumeTrigger', [id], options);
    return this.triggers.resume(id);
  }

  async runTrigger(
    id: string,
    idempotencyKey: string,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('runTrigger', [id, idempotencyKey], options);
    return this.triggers.run(id);
  }

  async listTriggerRuns(
    id: string,
    query?: { limit?: number; cursor?: string },
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('listTriggerRuns', [id, query], options);
    return { items: this.triggers.runs(id) };
  }

  async listTeams(options?: AgentTasksRequestOptions) {
    await this.#enter('listTeams', [], options);
    return this.teams.list();
  }

  async getTeam(team: string, options?: AgentTasksRequestOptions) {
    await this.#enter('getTeam', [team], options);
    return this.teams.get(team);
  }

  async setTeamLimits(
    team: string,
    request: TeamLimitsRequest,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('setTeamLimits', [team, request], options);
    const changed = this.teams.setLimits(team, request);
    if (!changed) {
      throw await createResponseError(409, 'somebody changed them meanwhile');
    }
    return changed;
  }

  async pauseTeam(
    team: string,
    request: TeamPauseRequest,
    options?: AgentTasksRequestOptions,
  ) {
    await this.#enter('pauseTeam', [team, request], options);
    return this.teams.pause(team, request);
  }

  async resumeTeam(team: string, options?: AgentTasksRequestOptions) {
    await this.#enter('resumeTeam', [team], options);
    return this.teams.resume(team);
  }

  async listBrakes(options?: AgentTasksRequestOptions) {
    await this.#enter('listBrakes', [], options);
    return { items: this.brakes, mayPull: this.mayPull };
  }

  async pullBrake(request: BrakeRequest, options?: AgentTasksRequestOptions) {
    await this.#enter('pullBrake', [request], options);
    const { stopRunning, ...target } = request;
    const brake: Brake = {
      ...target,
      id: `brake_${++this.#number}`,
      pulledBy: 'user:default/ada',
      pulledAt: new Date().toISOString(),
      active: true,
      mayRelease: true,
    };
    this.brakes = [brake, ...this.brakes];
    return { ...brake, ...(stopRunning && { stopped: 1 }) };
  }

  async releaseBrake(id: string, options?: AgentTasksRequestOptions) {
    await this.#enter('releaseBrake', [id], options);
    const brake = this.brakes.find(one => one.id === id);
    if (!brake) {
      throw await createResponseError(404, `no brake '${id}'`);
    }
    this.brakes = this.brakes.filter(one => one !== brake);
    return { ...brake, active: false, releasedAt: new Date().toISOString() };
  }

  /** The queue of the tasks that are here, by team; each waits for the portal. */
  #summarizeQueue(): Omit<Queue, 'brakes'> {
    const tasks = [...this.#tasks.values()].map(({ details }) => details.task);
    const countIn = (team: string, ...states: TaskState[]) =>
      tasks.filter(task => task.team === team && states.includes(task.state))
        .length;
    const { running, limit } = this.status.queue;
    const teams = [...new Set(tasks.map(task => task.team))]
      .map(team => {
        const waiting = tasks.filter(
          task => task.team === team && task.state === 'queued',
        );
        return exampleQueueTeam({
          team,
          queued: waiting.length,
          ...(waiting.length && {
            oldestQueuedAt: waiting.map(task => task.createdAt).sort()[0],
            holds: { 'portal-running': waiting.length },
          }),
          running: { used: countIn(team, 'starting', 'running'), max: limit },
          changes: { used: countIn(team, 'running', 'in_review'), max: 10 },
        });
      })
      .filter(team => team.queued || team.running.used || team.changes.used);
    const queued = teams.reduce((sum, team) => sum + team.queued, 0);
    return exampleQueue({
      running: { used: running, max: limit },
      teams,
      holds: queued
        ? [
            {
              limit: 'portal-running',
              used: running,
              max: limit,
              tasks: queued,
            },
          ]
        : [],
    });
  }

  async #enter(
    method: Method,
    values: unknown[],
    options?: AgentTasksRequestOptions,
  ): Promise<void> {
    this.calls.push({ method, arguments: values });
    await this.#waits.get(method);
    if (options?.signal?.aborted) {
      throw new DOMException('The request was aborted', 'AbortError');
    }
    const failure = this.#failures.get(method);
    if (failure) {
      throw failure;
    }
  }

  #stored(taskId: string): StoredTask {
    const stored = this.#tasks.get(taskId);
    if (!stored) {
      throw new Error(`the fake has no task '${taskId}'`);
    }
    return stored;
  }

  #template(name: string): Template {
    const template = this.templates.find(one => one.name === name);
    if (!template) {
      throw new Error(`the fake has no template '${name}'`);
    }
    return template;
  }

  #makePlan(request: PlanRequest): Plan {
    const template = this.#template(request.template);
    const components =
      request.components ??
      this.matching.filter(ref => !request.selection?.exclude?.includes(ref));
    const revision = request.revision ?? template.revision;
    const drafted = this.recipes
      .revisionsOf(template.name)
      .find(({ number }) => number === request.revision);
    const plan = examplePlan({
      revision,
      tasks: [
        examplePlannedTask({
          components: components.map(entityRef => ({ entityRef })),
          prompt: renderPrompt({
            prompt: drafted?.prompt ?? template.prompt,
            parameters: request.parameters,
            variables: {},
          }),
        }),
      ],
    });
    return this.adaptPlan(
      {
        ...plan,
        template: {
          name: template.name,
          title: template.title,
          revision,
        },
      },
      request,
    );
  }
}

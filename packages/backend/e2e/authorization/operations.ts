import { randomUUID } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import { eventually } from '../eventually';

/** A team of the demo, and what it owns. */
export interface MatrixTeam {
  ref: string;
  /** Of two repositories of its own. */
  components: [string, string];
}

/** A call of an operation of the API. */
export interface Call {
  /** Values of the parameters in the path. */
  path?: Record<string, string | number>;
  query?: Record<string, string>;
  body?: JsonObject;
  headers?: Record<string, string>;
}

/** Calls an operation by its id. */
export type Caller = (
  operationId: string,
  call: Call,
) => Promise<{ status: number; body: JsonObject }>;

/** How an operation is called, on something of its own each time. */
export interface MatrixOperation {
  /** Whether it makes a difference whose team it is about. */
  byTeam: boolean;
  /** What it is answered with when it is done; default: 200. */
  done?: number;
  /**
   * Makes what the call is about.
   *
   * @param admin - calls as a platform admin
   * @param launcher - calls as who launches what the call is about: the admin, or whoever makes the call
   */
  prepare(admin: Caller, team: MatrixTeam, launcher: Caller): Promise<Call>;
  /** Puts back what other calls would stumble over. */
  restore?(admin: Caller, team: MatrixTeam, call: Call): Promise<unknown>;
}

const template = 'fix-lint';
const parameters = { rule: 'no-unused-vars' };
const key = () => ({ 'idempotency-key': randomUUID() });

function templateYaml(name: string): string {
  return `
apiVersion: agent-tasks.io/v1alpha1
kind: AgentTaskTemplate
metadata:
  name: ${name}
  title: Of the matrix
  description: Made by a test.
spec:
  type: test
  owner: group:default/team-platform
  parameters:
    type: object
    required: [rule]
    properties:
      rule: { type: string }
  prompt: Do what \${{ parameters.rule }} says.
`;
}

let templates = 0;

async function newTemplate(admin: Caller): Promise<string> {
  templates += 1;
  const name = `matrix-${templates}`;
  await must(admin, 'CreateTemplate', { body: { yaml: templateYaml(name) } });
  return name;
}

/** A campaign of one task that waits. */
async function newCampaign(
  launcher: Caller,
  team: MatrixTeam,
  more: JsonObject = {},
): Promise<{ id: string; task: string }> {
  const { id, tasks } = await must(launcher, 'CreateCampaign', {
    body: { template, parameters, components: [team.components[0]], ...more },
    headers: key(),
  });
  return { id: id as string, task: (tasks as string[])[0] };
}

/**
 * Calls an operation that has to be done.
 *
 * @throws when it is not
 */
export async function must(
  caller: Caller,
  operationId: string,
  call: Call,
): Promise<JsonObject> {
  const { status, body } = await caller(operationId, call);
  if (status >= 300) {
    throw new Error(
      `${operationId} was answered with ${status}: ${JSON.stringify(body)}`,
    );
  }
  return body;
}

async function cancelled(
  admin: Caller,
  team: MatrixTeam,
  launcher: Caller,
): Promise<{ id: string; task: string }> {
  const campaign = await newCampaign(launcher, team);
  await must(admin, 'CancelTask', {
    path: { taskId: campaign.task },
    body: {},
  });
  return campaign;
}

function teamPath(team: MatrixTeam): Record<string, string> {
  const [kind, rest] = team.ref.split(':');
  const [namespace, name] = rest.split('/');
  return { kind, namespace, name };
}

let triggers = 0;

function triggerBody(team: MatrixTeam): JsonObject {
  triggers += 1;
  return {
    name: `matrix-${triggers}`,
    type: 'schedule',
    owner: team.ref,
    template,
    parameters,
    components: [team.components[0]],
    scope: 'owned',
    caps: { tasksPerHour: 100, openAtOnce: 100 },
    schedule: {
      cron: '0 6 1 1 *',
      timeZone: 'UTC',
      jitterSeconds: 0,
      missedRuns: 'skip',
      overlap: 'allow',
    },
  };
}

async function newTrigger(
  admin: Caller,
  team: MatrixTeam,
): Promise<{ id: string; body: JsonObject }> {
  const body = triggerBody(team);
  const { id, version } = await must(admin, 'CreateTrigger', { body });
  return { id: id as string, body: { ...body, expectedVersion: version } };
}

/** Of something that is not about a team. */
const plain = (call: Call = {}): MatrixOperation => ({
  byTeam: false,
  prepare: async () => call,
});

const onTemplate = (
  call: (name: string) => Call,
  before?: (admin: Caller, name: string) => Promise<unknown>,
): MatrixOperation => ({
  byTeam: false,
  prepare: async admin => {
    const name = await newTemplate(admin);
    await before?.(admin, name);
    return call(name);
  },
});

const onCampaign = (
  body?: JsonObject,
  before?: (admin: Caller, campaignId: string) => Promise<unknown>,
): MatrixOperation => ({
  byTeam: true,
  prepare: async (admin, team, launcher) => {
    const { id } = await newCampaign(launcher, team);
    await before?.(admin, id);
    return { path: { campaignId: id }, ...(body && { body }) };
  },
});

const onTask = (body?: JsonObject): MatrixOperation => ({
  byTeam: true,
  prepare: async (_, team, launcher) => {
    const { task } = await newCampaign(launcher, team);
    return { path: { taskId: task }, ...(body && { body }) };
  },
});

const onTrigger = (
  body?: JsonObject,
  before?: (admin: Caller, triggerId: string) => Promise<unknown>,
): MatrixOperation => ({
  byTeam: true,
  prepare: async (admin, team) => {
    const { id } = await newTrigger(admin, team);
    await before?.(admin, id);
    return { path: { triggerId: id }, ...(body && { body }) };
  },
});

/** How each operation of the API is called. */
export const matrixOperations: Record<string, MatrixOperation> = {
  ListTemplates: plain(),
  CreateTemplate: {
    byTeam: false,
    done: 201,
    prepare: async () => {
      templates += 1;
      return { body: { yaml: templateYaml(`matrix-${templates}`) } };
    },
  },
  GetTemplateSchema: plain(),
  ValidateTemplate: plain({ body: { yaml: templateYaml('matrix') } }),
  PreviewTemplate: plain({
    body: {
      name: template,
      component: 'component:default/payments-api',
      parameters,
    },
  }),
  GetTemplate: plain({ path: { name: template } }),
  ReviseTemplate: onTemplate(name => ({
    path: { name },
    body: {
      yaml: templateYaml(name).replace('Do what', 'Do all that'),
      expectedRevision: 1,
    },
  })),
  ListTemplateRevisions: plain({ path: { name: template } }),
  GetTemplateRevision: plain({ path: { name: template, number: 1 } }),
  PauseTemplate: onTemplate(name => ({
    path: { name },
    body: { reason: 'For the matrix' },
  })),
  ResumeTemplate: onTemplate(
    name => ({ path: { name }, body: {} }),
    (admin, name) =>
      must(admin, 'PauseTemplate', {
        path: { name },
        body: { reason: 'For the matrix' },
      }),
  ),
  ArchiveTemplate: onTemplate(name => ({ path: { name }, body: {} })),
  RestoreTemplate: onTemplate(
    name => ({ path: { name }, body: {} }),
    (admin, name) =>
      must(admin, 'ArchiveTemplate', { path: { name }, body: {} }),
  ),
  CreatePlan: {
    byTeam: true,
    prepare: async (_, team) => ({
      body: { template, parameters, components: [team.components[0]] },
    }),
  },
  CreateCampaign: {
    byTeam: true,
    done: 201,
    prepare: async (_, team) => ({
      body: { template, parameters, components: [team.components[0]] },
      headers: key(),
    }),
  },
  ListCampaigns: plain(),
  GetCampaign: onCampaign(),
  GetCampaignBurndown: onCampaign(),
  ExportCampaign: onCampaign(),
  PauseCampaign: onCampaign({ reason: 'For the matrix' }),
  ResumeCampaign: onCampaign({}, (admin, campaignId) =>
    must(admin, 'PauseCampaign', {
      path: { campaignId },
      body: { reason: 'For the matrix' },
    }),
  ),
  CancelCampaign: onCampaign({ reason: 'For the matrix' }),
  RetryCampaign: {
    byTeam: true,
    prepare: async (admin, team, launcher) => {
      const { id, task } = await cancelled(admin, team, launcher);
      return { path: { campaignId: id }, body: { tasks: [task] } };
    },
  },
  SetCampaignPriority: onCampaign({ priority: 'high' }),
  AddCampaignComponents: {
    byTeam: true,
    prepare: async (_, team, launcher) => {
      const { id } = await newCampaign(launcher, team);
      return {
        path: { campaignId: id },
        body: { components: [team.components[1]] },
        headers: key(),
      };
    },
  },
  ApproveCampaignWave: {
    byTeam: true,
    prepare: async (admin, team, launcher) => {
      const { id, task } = await newCampaign(launcher, team, {
        components: team.components,
        rollout: { waves: [1, '100%'], continue: 'approval' },
      });
      await must(admin, 'CancelTask', { path: { taskId: task }, body: {} });
      await eventually('the second wave waits for an approval', async () => {
        const { state } = await must(admin, 'GetCampaign', {
          path: { campaignId: id },
        });
        return state === 'waiting_for_approval';
      });
      return { path: { campaignId: id, number: 2 }, body: {} };
    },
  },
  // Whoever may is told that no rule has stopped it.
  ContinueCampaign: { ...onCampaign({ reason: 'For the matrix' }), done: 409 },
  ListTasks: plain(),
  BulkTasks: {
    byTeam: true,
    prepare: async (_, team, launcher) => {
      const { task } = await newCampaign(launcher, team);
      return { body: { action: 'cancel', tasks: [task] } };
    },
  },
  GetTask: onTask(),
  ListTaskEvents: onTask(),
  CancelTask: onTask({}),
  RetryTask: {
    byTeam: true,
    prepare: async (admin, team, launcher) => {
      const { task } = await cancelled(admin, team, launcher);
      return { path: { taskId: task }, body: {} };
    },
  },
  // Of a task whose start is not in doubt there is nothing to say.
  ResolveStart: { ...onTask({ choice: 'not-started' }), done: 409 },
  ListEvents: plain(),
  GetStatus: plain(),
  GetQueue: plain(),
  GetQueueHistory: plain(),
  ListRunningTasks: plain(),
  ListBrakes: plain(),
  PullBrake: {
    byTeam: true,
    done: 201,
    prepare: async (_, team) => ({
      body: { scope: 'team', subject: team.ref, reason: 'For the matrix' },
    }),
  },
  ReleaseBrake: {
    byTeam: true,
    prepare: async (admin, team) => {
      const { id } = await must(admin, 'PullBrake', {
        body: { scope: 'team', subject: team.ref, reason: 'For the matrix' },
      });
      return { path: { brakeId: id as string }, body: {} };
    },
  },
  ListTeams: plain(),
  GetTeam: {
    byTeam: true,
    prepare: async (_, team) => ({ path: teamPath(team) }),
  },
  SetTeamLimits: {
    byTeam: true,
    prepare: async (admin, team) => {
      const { version } = await must(admin, 'GetTeam', {
        path: teamPath(team),
      });
      return {
        path: teamPath(team),
        body: { expectedVersion: version, openChanges: 1 },
      };
    },
    restore: async (admin, team) => {
      const { version } = await must(admin, 'GetTeam', {
        path: teamPath(team),
      });
      await must(admin, 'SetTeamLimits', {
        path: teamPath(team),
        body: { expectedVersion: version, openChanges: null },
      });
    },
  },
  PauseTeam: {
    byTeam: true,
    prepare: async (_, team) => ({
      path: teamPath(team),
      body: { reason: 'For the matrix' },
    }),
    restore: (admin, team) =>
      must(admin, 'ResumeTeam', { path: teamPath(team), body: {} }),
  },
  // What an admin has paused a lead cannot resume; that a team is not paused makes no difference.
  ResumeTeam: {
    byTeam: true,
    prepare: async (_, team) => ({ path: teamPath(team), body: {} }),
  },
  ListTriggers: plain(),
  CreateTrigger: {
    byTeam: true,
    done: 201,
    prepare: async (_, team) => ({ body: triggerBody(team) }),
  },
  GetTrigger: onTrigger(),
  UpdateTrigger: {
    byTeam: true,
    prepare: async (admin, team) => {
      const { id, body } = await newTrigger(admin, team);
      return {
        path: { triggerId: id },
        body: { ...body, description: 'Changed' },
      };
    },
  },
  DeleteTrigger: { ...onTrigger(), done: 204 },
  PauseTrigger: onTrigger({ reason: 'For the matrix' }),
  ResumeTrigger: onTrigger({}, (admin, triggerId) =>
    must(admin, 'PauseTrigger', {
      path: { triggerId },
      body: { reason: 'For the matrix' },
    }),
  ),
  RunTrigger: {
    byTeam: true,
    prepare: async (admin, team) => {
      const { id } = await newTrigger(admin, team);
      return { path: { triggerId: id }, body: {}, headers: key() };
    },
  },
  ListTriggerRuns: onTrigger(),
  // It asks for a signature, whoever calls.
  ReceiveHook: {
    byTeam: false,
    done: 202,
    prepare: async admin => {
      const { id } = await newTrigger(admin, {
        ref: 'group:default/team-platform',
        components: [
          'component:default/service-kit',
          'component:default/service-kit',
        ],
      });
      return { path: { triggerId: id }, body: {} };
    },
  },
};

import type { components, operations } from './openapi.generated';

type Schemas = components['schemas'];

/** A template in its newest revision. @public */
export type Template = Schemas['Template'];
/** @public */
export type TemplateList = Schemas['TemplateList'];
/** Where a template is written. @public */
export type TemplateOrigin = Schemas['TemplateOrigin'];
/** Why nothing of a template starts. @public */
export type TemplatePaused = Schemas['TemplatePaused'];
/** What became of the tasks of a template or of one revision of it. @public */
export type TemplateStatistics = Schemas['TemplateStatistics'];
/** A revision of a template in a list. @public */
export type TemplateRevisionSummary = Schemas['TemplateRevisionSummary'];
/** @public */
export type TemplateRevisionList = Schemas['TemplateRevisionList'];
/** A revision of a template, with its text. @public */
export type TemplateRevision = Schemas['TemplateRevision'];
/** @public */
export type CreateTemplateRequest = Schemas['CreateTemplateRequest'];
/** @public */
export type ReviseTemplateRequest = Schemas['ReviseTemplateRequest'];
/** @public */
export type TemplateValidation = Schemas['TemplateValidation'];
/** @public */
export type PreviewTemplateRequest = Schemas['PreviewTemplateRequest'];
/** What a text or a stored revision becomes for a component. @public */
export type TemplatePreview = Schemas['TemplatePreview'];
/** @public */
export type PauseTemplateRequest = Schemas['PauseTemplateRequest'];
/** In which waves a campaign goes, and what stops it. @public */
export type Rollout = Schemas['Rollout'];
/** The revision of a template that a campaign or task is pinned to. @public */
export type TemplatePin = Schemas['TemplatePin'];
/** What to plan. @public */
export type PlanRequest = Schemas['PlanRequest'];
/** What to launch. @public */
export type LaunchRequest = Schemas['LaunchRequest'];
/** What a launch would do. @public */
export type Plan = Schemas['Plan'];
/** What the requester saw of a plan. @public */
export type PlanOutline = Schemas['PlanOutline'];
/** The components that a filter or a search of the catalog finds. @public */
export type Selection = Schemas['Selection'];
/** Place among the tasks of a team. @public */
export type Priority = Schemas['Priority'];
/** What all tasks of a plan are together. @public */
export type PlanSummary = Schemas['PlanSummary'];
/** A time that a plan tells, with what it assumes. @public */
export type PlanMoment = Schemas['PlanMoment'];
/** A decision that a change needs. @public */
export type PlannedGate = Schemas['PlannedGate'];
/** Who asks for a task and which account acts. @public */
export type PlannedIdentity = Schemas['PlannedIdentity'];
/** One task of a plan. @public */
export type PlannedTask = Schemas['PlannedTask'];
/** A component that a launch leaves out, and why. @public */
export type Exclusion = Schemas['Exclusion'];
/** @public */
export type ExclusionReason = Schemas['ExclusionReason'];
/** The reason why a task does not start. @public */
export type Hold = Schemas['Hold'];
/** One launch. @public */
export type Campaign = Schemas['Campaign'];
/** A launch in short. @public */
export type CampaignSummary = Schemas['CampaignSummary'];
/** @public */
export type CampaignList = Schemas['CampaignList'];
/** @public */
export type CampaignState = Schemas['CampaignState'];
/** A step of a campaign. @public */
export type CampaignWave = Schemas['CampaignWave'];
/** Why a rule stopped a campaign. @public */
export type CampaignStop = Schemas['CampaignStop'];
/** Why a campaign starts nothing. @public */
export type CampaignPause = Schemas['CampaignPause'];
/** What launched a campaign by itself. @public */
export type CampaignTrigger = Schemas['CampaignTrigger'];
/** How many tasks of a campaign were open when, and will be. @public */
export type CampaignBurndown = Schemas['CampaignBurndown'];
/** Components to add to a campaign. @public */
export type AddComponentsRequest = Schemas['AddComponentsRequest'];
/** The same to do to many tasks. @public */
export type BulkTaskRequest = Schemas['BulkTaskRequest'];
/** What became of each task. @public */
export type BulkTaskResults = Schemas['BulkTaskResults'];
/** Filters and page of a list of campaigns. @public */
export type CampaignListQuery = NonNullable<
  operations['ListCampaigns']['parameters']['query']
>;
/** The state of a task; `policy/states` of the backend holds the transitions. @public */
export type TaskState = Schemas['TaskState'];
/** One agent run on one repository. @public */
export type Task = Schemas['Task'];
/** A component of a task and its folder. @public */
export type TaskComponent = Schemas['TaskComponent'];
/** A repository as the API names it. @public */
export type TaskRepository = Schemas['Repository'];
/** A task in full. @public */
export type TaskDetails = Schemas['TaskDetails'];
/** What it does to try a task again. @public */
export type RetryOutlook = Schemas['RetryOutlook'];
/** One page of tasks. @public */
export type TaskList = Schemas['TaskList'];
/** Something that happened to a task. @public */
export type TaskEvent = Schemas['TaskEvent'];
/** @public */
export type TaskEventList = Schemas['TaskEventList'];
/** One start of a task at a provider. @public */
export type Attempt = Schemas['Attempt'];
/** The pull request that a task produced. @public */
export type Change = Schemas['Change'];
/** A rendered prompt. @public */
export type Prompt = Schemas['Prompt'];
/** Whether remotes answer, and how full the queue is. @public */
export type Status = Schemas['Status'];
/** How deep the queue is, and what holds it. @public */
export type Queue = Schemas['Queue'];
/** What holds a task: a limit, named by whose it is and what it counts, or something else. @public */
export type HoldReason = Schemas['HoldReason'];
/** One of the limits that hold a task. @public */
export type HoldLimit = Schemas['HoldLimit'];
/** When a queued task is expected to start, and what that was reckoned from. @public */
export type ExpectedStart = Schemas['ExpectedStart'];
/** What a person can decide of a start that could not be decided. @public */
export type StartChoice = Schemas['StartChoice'];
/** Whether the agent of an undecided task started. @public */
export type ResolveStartRequest = Schemas['ResolveStartRequest'];
/** One team of the queue. @public */
export type QueueTeam = Queue['teams'][number];
/** What holds tasks of the queue back, and how many. @public */
export type QueueHold = Queue['holds'][number];
/** How deep the queue was. @public */
export type QueueHistory = Schemas['QueueHistory'];
/** A task that holds a run slot, and how long it has. @public */
export type RunningTask = Schemas['RunningTask'];
/** @public */
export type RunningTaskList = Schemas['RunningTaskList'];
/** What an account at a provider can take. @public */
export type AccountHealth = Schemas['AccountHealth'];
/** How good the expected starts were. @public */
export type ForecastScore = Schemas['ForecastScore'];
/** Slots of a limit: how many are taken, and how many there are. @public */
export type Slots = Schemas['Slots'];
/** What holds queued tasks back, by the hand of a person. @public */
export type Brake = Schemas['Brake'];
/** @public */
export type BrakeList = Schemas['BrakeList'];
/** What to hold back, and why. @public */
export type BrakeRequest = Schemas['BrakeRequest'];
/** @public */
export type BrakeScope = Schemas['BrakeScope'];
/** The groups that have tasks or limits, in short. @public */
export type TeamList = Schemas['TeamList'];
/** A group and its budget in short. @public */
export type TeamSummary = Schemas['TeamSummary'];
/** The limits of a group, what is taken of them and by whom, and what the caller may do. @public */
export type TeamDetails = Schemas['TeamDetails'];
/** The limits of a group that are in force, and where each comes from. @public */
export type TeamSettings = Schemas['TeamSettings'];
/** A number of {@link TeamSettings}. @public */
export type TeamNumberSetting = Schemas['TeamNumberSetting'];
/** A text of {@link TeamSettings}. @public */
export type TeamTextSetting = Schemas['TeamTextSetting'];
/** How much of a limit of a group is taken. @public */
export type TeamUsage = Schemas['TeamUsage'];
/** How much of a review budget is taken. @public */
export type TeamReviewUsage = Schemas['TeamReviewUsage'];
/** Run slots of a group, with those borrowed and lent. @public */
export type TeamRunningUsage = Schemas['TeamRunningUsage'];
/** Why nothing of a group is admitted. @public */
export type TeamPause = Schemas['TeamPause'];
/** A task that holds slots of a group. @public */
export type TeamSlot = Schemas['TeamSlot'];
/** A change that an agent opened elsewhere in a repository of a group. @public */
export type TeamForeignChange = Schemas['TeamForeignChange'];
/** A group above or below another. @public */
export type TeamRelative = Schemas['TeamRelative'];
/** Limits to set; `null` goes back to the default. @public */
export type TeamLimitsRequest = Schemas['TeamLimitsRequest'];
/** @public */
export type TeamPauseRequest = Schemas['TeamPauseRequest'];
/** What launches by itself: by a schedule or a webhook. @public */
export type Trigger = Schemas['Trigger'];
/** @public */
export type TriggerList = Schemas['TriggerList'];
/** What a trigger is made from. @public */
export type TriggerRequest = Schemas['TriggerRequest'];
/** When a trigger runs. @public */
export type TriggerSchedule = Schemas['TriggerSchedule'];
/** What a trigger makes of an event. @public */
export type TriggerWebhook = Schemas['TriggerWebhook'];
/** How much a trigger launches at most. @public */
export type TriggerCaps = Schemas['TriggerCaps'];
/** One run of a trigger, and why it did not launch. @public */
export type TriggerRun = Schemas['TriggerRun'];
/** @public */
export type TriggerRunList = Schemas['TriggerRunList'];
/** Something that happened, with what it happened to. @public */
export type AuditEvent = Schemas['AuditEvent'];
/** One page of the audit. @public */
export type AuditEventList = Schemas['AuditEventList'];
/** Filters and page of the audit. @public */
export type AuditQuery = NonNullable<
  operations['ListEvents']['parameters']['query']
>;
/** Filters and page of a list of tasks. @public */
export type TaskListQuery = NonNullable<
  operations['ListTasks']['parameters']['query']
>;

/**
 * All states, in the order in which a task usually goes through them.
 *
 * @public
 */
export const taskStates = [
  'held',
  'queued',
  'starting',
  'undecided',
  'running',
  'needs_input',
  'in_review',
  'cancelling',
  'merged',
  'closed',
  'no_change',
  'failed',
  'cancelled',
  'joined',
] as const satisfies readonly TaskState[];

/**
 * The states that a task never leaves.
 *
 * @public
 */
export const settledTaskStates = [
  'merged',
  'closed',
  'no_change',
  'failed',
  'cancelled',
  'joined',
] as const satisfies readonly TaskState[];

/**
 * Whether a task has come to its end.
 *
 * @public
 */
export function isSettled(state: TaskState): boolean {
  return (settledTaskStates as readonly TaskState[]).includes(state);
}

/**
 * The channel on which the backend tells by Backstage's signals that tasks changed.
 *
 * @public
 */
export const AGENT_TASKS_SIGNAL_CHANNEL = 'agent-tasks';

/**
 * The message on {@link AGENT_TASKS_SIGNAL_CHANNEL}. It holds ids alone: who receives it reads the tasks through the
 * API, with the own permissions.
 *
 * @public
 */
export type AgentTasksSignal = {
  taskIds: string[];
};

import {
  ProviderArtifact,
  ProviderTask,
  ProviderTaskState,
} from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { redact } from '../client/redact';

const NANO_CREDITS = 1e9;

const timeSchema = z.string().datetime({ offset: true });

// Only what is used, so that an addition or a change elsewhere does no harm.
const artifactSchema = z.object({
  type: z.string(),
  data: z
    .object({
      global_id: z.string().nullish(),
      head_ref: z.string().nullish(),
      base_ref: z.string().nullish(),
    })
    .nullish(),
});

/** A task as it stands in a list, and in the answer to its start. */
export const githubTaskSchema = z.object({
  id: z.string().min(1),
  state: z.string(),
  created_at: timeSchema,
  updated_at: timeSchema.nullish(),
  html_url: z.string().url().nullish(),
  artifacts: z.array(artifactSchema).nullish(),
});

const sessionSchema = z.object({
  state: z.string(),
  prompt: z.string().nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
  usage: z.object({ type: z.string(), amount: z.number() }).nullish(),
});

/** A task as it is read alone, with its sessions. */
export const githubFullTaskSchema = githubTaskSchema.extend({
  sessions: z.array(sessionSchema).nullish(),
});

/** A page of tasks. */
export const githubTaskListSchema = z.object({
  tasks: z.array(githubTaskSchema),
});

export type GithubTask = z.infer<typeof githubTaskSchema>;
export type GithubFullTask = z.infer<typeof githubFullTaskSchema>;

const STATES: Record<string, ProviderTaskState> = {
  queued: 'queued',
  in_progress: 'running',
  completed: 'completed',
  failed: 'failed',
  timed_out: 'timed_out',
  cancelled: 'cancelled',
  // GitHub does not say what these two mean. A person can see it.
  idle: 'needs_input',
  waiting_for_user: 'needs_input',
};

/** The states of tasks that may still change by themselves. */
export const UNSETTLED_STATES = [
  'queued',
  'in_progress',
  'idle',
  'waiting_for_user',
];

/** When a task last changed, as GitHub wrote it. */
export function updatedAtOf(task: GithubTask): string {
  return task.updated_at ?? task.created_at;
}

/** A task in the words of all providers. A state that is not known goes to a person. */
export function toProviderTask(task: GithubTask): ProviderTask {
  return {
    id: task.id,
    state: STATES[task.state] ?? 'needs_input',
    ...(task.html_url ? { url: task.html_url } : {}),
    createdAt: task.created_at,
    updatedAt: updatedAtOf(task),
    artifacts: (task.artifacts ?? []).flatMap(toArtifact),
  };
}

/** A task with what only a full read tells. */
export function toFullProviderTask(task: GithubFullTask): ProviderTask {
  const failureMessage = failureOf(task);
  const aiCredits = creditsOf(task);
  return {
    ...toProviderTask(task),
    ...(failureMessage ? { failureMessage } : {}),
    ...(aiCredits === undefined ? {} : { aiCredits }),
  };
}

function toArtifact(
  artifact: z.infer<typeof artifactSchema>,
): ProviderArtifact[] {
  const { type, data } = artifact;
  if (type === 'pull' && data?.global_id) {
    return [{ type: 'change', globalId: data.global_id }];
  }
  if (type === 'branch' && data?.head_ref && data.base_ref) {
    return [
      { type: 'branch', branch: data.head_ref, baseBranch: data.base_ref },
    ];
  }
  return [];
}

/** The last error of a task that failed. Errors of sessions before one that went well are history. */
function failureOf(task: GithubFullTask): string | undefined {
  if (!['failed', 'timed_out', 'cancelled'].includes(task.state)) {
    return undefined;
  }
  const messages = (task.sessions ?? []).map(session => session.error?.message);
  const last = messages.findLast(message => message);
  return last ? redact({ text: last }) : undefined;
}

/** Credits are told in billionths. Summed before they are divided, so that nothing is lost in rounding. */
function creditsOf(task: GithubFullTask): number | undefined {
  const amounts = (task.sessions ?? []).flatMap(({ usage }) =>
    usage?.type === 'ai_credits' ? [usage.amount] : [],
  );
  return amounts.length === 0
    ? undefined
    : amounts.reduce((sum, amount) => sum + amount, 0) / NANO_CREDITS;
}

import { AgentTask, CheckRun, CommitStatus, PullRequest } from '../state';
import { Html, html } from './html';

/** The state of a pull request, in a word. */
export function pullRequestPill(pullRequest: PullRequest): Html {
  if (pullRequest.merged) {
    return html`<span class="pill purple">Merged</span>`;
  }
  if (pullRequest.state === 'closed') {
    return html`<span class="pill red">Closed</span>`;
  }
  return pullRequest.draft
    ? html`<span class="pill grey">Draft</span>`
    : html`<span class="pill green">Open</span>`;
}

const TASK_COLORS: Record<AgentTask['state'], string> = {
  queued: 'grey',
  in_progress: 'blue',
  completed: 'green',
  failed: 'red',
  idle: 'amber',
  waiting_for_user: 'amber',
  timed_out: 'red',
  cancelled: 'grey',
};

/** The state of an agent task, as the API has it, in words. */
export function taskPill(task: AgentTask): Html {
  const words = task.state.replace(/_/g, ' ');
  return html`<span class="pill ${TASK_COLORS[task.state]}">${words}</span>`;
}

/** The state of a check run. */
export function checkPill(run: CheckRun): Html {
  if (run.status !== 'completed') {
    return html`<span class="pill amber"
      >${run.status.replace(/_/g, ' ')}</span
    >`;
  }
  const passed = ['success', 'neutral', 'skipped'].includes(
    run.conclusion ?? '',
  );
  return html`<span class="pill ${passed ? 'green' : 'red'}"
    >${(run.conclusion ?? '').replace(/_/g, ' ')}</span
  >`;
}

const STATUS_COLORS: Record<CommitStatus['state'], string> = {
  success: 'green',
  pending: 'amber',
  failure: 'red',
  error: 'red',
};

/** The state of a commit status. */
export function statusPill(status: CommitStatus): Html {
  return html`<span class="pill ${STATUS_COLORS[status.state]}"
    >${status.state}</span
  >`;
}

import { isoTime } from '../clock/SimulatorClock';
import { presentAccount, presentTeam } from '../rest/present/accounts';
import {
  presentLabel,
  presentPullRequest,
  presentReview,
} from '../rest/present/pullRequests';
import { SimulatorContext } from '../SimulatorContext';
import { NO_COMMIT, WorldEventMap } from '../state';
import { pageUrls, repositoryApiUrl } from '../urls';
import {
  presentCheckRun,
  presentCheckSuite,
  presentStatusCommit,
  presentWorkflow,
  presentWorkflowRun,
} from './presentChecks';
import { presentDependabotAlert } from './presentDependabotAlert';
import { presentHookCommit } from './presentHookCommit';

type Payload<K extends keyof WorldEventMap> = (
  context: SimulatorContext,
  event: WorldEventMap[K],
) => Record<string, unknown>;

/**
 * What each event says of its own, beside the repository, the sender and the installation. An event that is not here is
 * not sent.
 */
export const PAYLOADS: { [K in keyof WorldEventMap]?: Payload<K> } = {
  pull_request: (context, event) => ({
    action: event.action,
    number: event.pullRequest.number,
    pull_request: presentPullRequest(context, event.pullRequest),
    ...(event.before && { before: event.before, after: event.after }),
    ...(event.label && {
      label: presentLabel(context, event.repository, event.label),
    }),
    ...(event.requestedReviewer && {
      requested_reviewer: presentAccount(context, event.requestedReviewer),
    }),
    ...(event.requestedTeam && {
      requested_team: presentTeam(context, event.requestedTeam),
    }),
  }),
  pull_request_review: (context, event) => ({
    action: event.action,
    review: {
      ...presentReview(context, event.review),
      // Upper case in REST, lower case in webhooks.
      state: event.review.state.toLocaleLowerCase('en-US'),
    },
    pull_request: presentPullRequest(context, event.pullRequest),
  }),
  check_run: (context, event) => ({
    action: event.action,
    check_run: presentCheckRun(context, event.repository, event.checkRun),
  }),
  check_suite: (context, event) => ({
    action: event.action,
    check_suite: presentCheckSuite(context, event.repository, event.checkSuite),
  }),
  status: (context, { repository, status }) => ({
    id: status.id,
    sha: status.sha,
    name: context.world.repositories.fullName(repository),
    target_url: status.targetUrl ?? null,
    context: status.context,
    description: status.description ?? null,
    state: status.state,
    commit: presentStatusCommit(context, repository, status.sha),
    branches: Object.entries(repository.branches)
      .filter(([, sha]) => sha === status.sha)
      .map(([name, sha]) => ({
        name,
        commit: {
          sha,
          url: `${repositoryApiUrl(context, repository)}/commits/${sha}`,
        },
        protected:
          context.world.repositories.protectionOf({
            repository,
            branch: name,
          }) !== undefined,
      })),
    created_at: isoTime(status.createdAt),
    updated_at: isoTime(status.updatedAt),
    avatar_url: null,
  }),
  workflow_run: (context, event) => ({
    action: event.action,
    workflow_run: presentWorkflowRun(
      context,
      event.repository,
      event.workflowRun,
    ),
    workflow: presentWorkflow(context, event.repository, event.workflowRun),
  }),
  dependabot_alert: (context, event) => ({
    action: event.action,
    alert: presentDependabotAlert(context, event.repository, event.alert),
  }),
  repository: (_context, { action }) => ({ action }),
  push: (context, event) => {
    const { repository, ref, before, after, commits } = event;
    const html = pageUrls.repository(context, repository);
    const presented = commits.map(commit =>
      presentHookCommit(context, repository, commit),
    );
    return {
      ref,
      before,
      after,
      created: before === NO_COMMIT,
      deleted: after === NO_COMMIT,
      forced: false,
      base_ref: null,
      compare: `${html}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      commits: presented,
      head_commit: presented[presented.length - 1] ?? null,
      pusher: { name: event.sender.login, email: event.sender.email },
    };
  },
};

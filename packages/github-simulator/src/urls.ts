import { SimulatorContext } from './SimulatorContext';
import { Account, AgentTask, PullRequest, Repository } from './state';

/** Addresses of web pages, to which the `html_url` of REST and the `url` of GraphQL point. @public */
export const pageUrls = {
  account(context: SimulatorContext, account: Account): string {
    if (account.type === 'Bot') {
      return `${context.urls.html}/apps/${
        account.graphqlLogin ?? account.login
      }`;
    }
    return `${context.urls.html}/${account.login}`;
  },
  repository(context: SimulatorContext, repository: Repository): string {
    return `${context.urls.html}/${context.world.repositories.fullName(
      repository,
    )}`;
  },
  pullRequest(context: SimulatorContext, pullRequest: PullRequest): string {
    const repository = context.world.repositories.require(
      pullRequest.repositoryId,
    );
    return `${pageUrls.repository(context, repository)}/pull/${
      pullRequest.number
    }`;
  },
  commit(
    context: SimulatorContext,
    repository: Repository,
    sha: string,
  ): string {
    return `${pageUrls.repository(context, repository)}/commit/${sha}`;
  },
  task(context: SimulatorContext, task: AgentTask): string {
    const repository = context.world.repositories.require(task.repositoryId);
    return `${pageUrls.repository(context, repository)}/copilot/tasks/${
      task.id
    }`;
  },
};

/** The address of a repository in REST. @public */
export function repositoryApiUrl(
  context: SimulatorContext,
  repository: Repository,
): string {
  return `${context.urls.api}/repos/${context.world.repositories.fullName(
    repository,
  )}`;
}

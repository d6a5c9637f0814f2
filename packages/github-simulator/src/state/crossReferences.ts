import { PullRequest } from './entities';
import type { World } from './World';

/** The pull requests whose descriptions name another one, the first ones first. */
export function listReferencesTo(
  world: World,
  pullRequest: PullRequest,
): PullRequest[] {
  const target = world.pullRequests.repositoryOf(pullRequest);
  const fullName = world.repositories
    .fullName(target)
    .toLocaleLowerCase('en-US');
  return world.pullRequests
    .listAll()
    .filter(
      source =>
        source.id !== pullRequest.id &&
        referencesIn(source.body).some(
          named =>
            named.number === pullRequest.number &&
            (named.repository === undefined
              ? source.repositoryId === target.id
              : named.repository === fullName),
        ),
    );
}

/** `#7` and `owner/name#7`, as GitHub makes links of them. */
function referencesIn(text: string): { repository?: string; number: number }[] {
  return [
    ...text.matchAll(/(?<![\w/.#-])([\w-]+\/[\w.-]+)?#([1-9]\d*)(?!\w)/g),
  ].map(([, repository, number]) => ({
    repository: repository?.toLocaleLowerCase('en-US'),
    number: Number(number),
  }));
}

import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';

/** What GitHub lets owners and repositories be called. */
const NAME = /^[A-Za-z0-9_.-]+$/;
/** Segments that URLs resolve: with one of them a request would go to another address. */
const RESOLVED = ['', '.', '..'];
/** The parameters of GitHub's routes that name an owner or a repository. */
const OF_A_REPOSITORY = ['owner', 'repo', 'org', 'username'];

/** Whether an owner or a repository at GitHub can have such a name. */
export function isGithubName(name: string): boolean {
  return NAME.test(name) && !RESOLVED.includes(name);
}

/**
 * Refuses what would send a request to another address than its route says.
 *
 * @remarks
 *
 * Octokit encodes slashes and leaves dots, and `fetch` resolves them: to start a task in `x/..` would be to ask for
 * `/agents/x/tasks`, with the credential for tasks.
 *
 * @throws ProviderError with the effect `refused`
 */
export function assertPathParameters(options: {
  /** Such as `GET /repos/{owner}/{repo}`. */
  route: string;
  parameters: Readonly<Record<string, unknown>>;
  /** Completes "GitHub was not asked to …". */
  doing: string;
}): void {
  const { route, parameters, doing } = options;
  for (const [, parameter] of route.matchAll(/\{(\w+)\}/g)) {
    const value = String(parameters[parameter] ?? '');
    const valid = OF_A_REPOSITORY.includes(parameter)
      ? isGithubName(value)
      : !RESOLVED.includes(value);
    if (!valid) {
      throw new ProviderError(
        `GitHub was not asked to ${doing}: ${JSON.stringify(value)} is no name there.`,
        { effect: 'refused' },
      );
    }
  }
}

import { Router } from 'express';
import { GitHubError } from '../errors';
import { SimulatorContext } from '../SimulatorContext';
import { CheckConclusion, PullRequest } from '../state';
import { revertPullRequest } from '../state/revertPullRequest';

/**
 * `/_simulator/repos/{owner}/{repo}/pulls/{number}/…`: being "GitHub" without the pages, for drills and benchmarks.
 *
 * Each takes the `login` of who does it in the body. `POST …/pulls` opens a pull request as another agent does, whose App
 * is made if there is none of that login.
 */
export function createPullRequestAdminRouter(
  context: SimulatorContext,
): Router {
  const { world } = context;
  const { pullRequests, reviews, checks } = world;
  const router = Router();

  type Act = (options: {
    pullRequest: PullRequest;
    sender: ReturnType<typeof world.accounts.require>;
    body: Record<string, unknown>;
  }) => void;
  const acts: Record<string, Act> = {
    approve: ({ pullRequest, sender }) => {
      reviews.submit({ pullRequest, user: sender, state: 'APPROVED' });
    },
    'request-changes': ({ pullRequest, sender }) => {
      reviews.submit({ pullRequest, user: sender, state: 'CHANGES_REQUESTED' });
    },
    ready: options => pullRequests.markReadyForReview(options),
    close: options => pullRequests.close(options),
    merge: options => {
      pullRequests.merge(options);
    },
    revert: ({ pullRequest, sender }) => {
      revertPullRequest({ world, pullRequest, sender });
    },
    push: ({ pullRequest, sender, body }) => {
      world.repositories.pushCommit({
        repository: pullRequests.repositoryOf(pullRequest),
        branch: pullRequest.headRef,
        message: String(body.message ?? 'One more change'),
        author: sender,
        files: (body.files as Record<string, string>) ?? {
          'NOTES.md': `${world.random.hex(16)}\n`,
        },
      });
    },
    checks: ({ pullRequest, sender, body }) => {
      const repository = pullRequests.repositoryOf(pullRequest);
      for (const { name } of repository.ci) {
        checks.setCheck({
          repository,
          sha: pullRequest.headSha,
          name,
          status: 'completed',
          conclusion: (body.conclusion as CheckConclusion) ?? 'success',
          sender,
        });
      }
    },
  };

  router.post('/:owner/:repo/pulls', (request, response) => {
    const { owner, repo } = request.params;
    const repository = world.repositories.getByFullName(`${owner}/${repo}`);
    const { login, branch, title, files } = request.body ?? {};
    if (!repository) {
      response.status(404).json({ message: 'No such repository' });
      return;
    }
    if (typeof login !== 'string' || typeof branch !== 'string') {
      response.status(400).json({ message: 'login or branch is missing' });
      return;
    }
    const author =
      world.accounts.getByLogin(login) ??
      world.accounts.create({
        login: `${login}[bot]`,
        graphqlLogin: login,
        type: 'Bot',
      });
    try {
      world.repositories.createBranch({
        repository,
        name: branch,
        sha: repository.branches[repository.defaultBranch],
        sender: author,
      });
      world.repositories.pushCommit({
        repository,
        branch,
        message: String(title ?? branch),
        author,
        files: (files as Record<string, string>) ?? {
          'NOTES.md': `${world.random.hex(16)}\n`,
        },
      });
      const pullRequest = pullRequests.create({
        repository,
        author,
        title: String(title ?? branch),
        headRef: branch,
      });
      response
        .status(201)
        .json({ number: pullRequest.number, nodeId: pullRequest.nodeId });
    } catch (error) {
      if (!(error instanceof GitHubError)) {
        throw error;
      }
      response.status(error.status).json({ message: error.message });
    }
  });

  router.post('/:owner/:repo/pulls/:number/:act', (request, response) => {
    const { owner, repo, number, act } = request.params;
    const repository = world.repositories.getByFullName(`${owner}/${repo}`);
    const pullRequest =
      repository &&
      pullRequests.getByNumber({ repository, number: Number(number) });
    const sender = world.accounts.getByLogin(String(request.body?.login));
    if (!pullRequest || !Object.hasOwn(acts, act)) {
      response.status(404).json({ message: 'No such pull request or act' });
      return;
    }
    if (!sender) {
      response.status(400).json({ message: 'login names nobody' });
      return;
    }
    try {
      acts[act]({ pullRequest, sender, body: request.body });
    } catch (error) {
      if (!(error instanceof GitHubError)) {
        throw error;
      }
      response.status(error.status).json({ message: error.message });
      return;
    }
    response.json({
      state: pullRequest.state,
      merged: pullRequest.merged,
      draft: pullRequest.draft,
      headSha: pullRequest.headSha,
    });
  });
  return router;
}

import { GitHubError } from '../../errors';
import { Commit, Repository, Permissions } from '../../state';
import { pageUrls, repositoryApiUrl } from '../../urls';
import { pageOf } from '../pagination';
import { presentCommit, presentCommitWithFiles } from '../present/commits';
import { presentPullRequestSimple } from '../present/pullRequests';
import { presentFullRepository } from '../present/repositories';
import {
  RepositoryRequest,
  RestOperation,
  RestResponse,
} from '../RestOperation';

const CONTENTS: Permissions[] = [{ contents: 'read' }];

/** Repositories with their files, branches and commits. */
export const repositoryOperations: RestOperation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    access: 'repository',
    anyOf: [{ metadata: 'read' }],
    handle({ context, repository, principal }) {
      const has = (level: 'read' | 'write' | 'admin') =>
        context.auth.canAccess({
          principal,
          repository,
          permission: 'contents',
          level,
        });
      const push = has('write');
      return {
        status: 200,
        body: {
          ...presentFullRepository(context, repository),
          permissions: {
            admin: has('admin'),
            maintain: has('admin'),
            push,
            triage: push,
            pull: true,
          },
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents/{path}',
    access: 'repository',
    anyOf: CONTENTS,
    handle: readContents,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/branches',
    access: 'repository',
    anyOf: CONTENTS,
    handle(request) {
      const { context, repository, query } = request;
      const api = repositoryApiUrl(context, repository);
      const branches = Object.entries(repository.branches)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, sha]) => ({
          name,
          commit: { sha, url: `${api}/commits/${sha}` },
          protected: isProtected(request, name),
        }))
        .filter(
          branch =>
            query.protected === undefined ||
            branch.protected === query.protected,
        );
      const { items, headers } = pageOf({ request, items: branches });
      return { status: 200, body: items, headers };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/branches/{branch}',
    access: 'repository',
    anyOf: CONTENTS,
    handle(request) {
      const { context, repository, params } = request;
      const sha = repository.branches[params.branch];
      if (sha === undefined) {
        throw new GitHubError(404, 'Branch not found');
      }
      const commit = context.world.repositories.requireCommit({
        repository,
        sha,
      });
      const self = `${repositoryApiUrl(context, repository)}/branches/${
        params.branch
      }`;
      const protection = context.world.repositories.protectionOf({
        repository,
        branch: params.branch,
      });
      const contexts = protection?.requiredChecks ?? [];
      return {
        status: 200,
        body: {
          name: params.branch,
          commit: presentCommit(context, repository, commit),
          _links: {
            self,
            html: `${pageUrls.repository(context, repository)}/tree/${
              params.branch
            }`,
          },
          protected: protection !== undefined,
          protection: {
            enabled: protection !== undefined,
            required_status_checks: {
              enforcement_level: contexts.length > 0 ? 'non_admins' : 'off',
              contexts: contexts.map(check => check.context),
              checks: contexts.map(check => ({
                context: check.context,
                app_id: check.appId ?? null,
              })),
            },
          },
          protection_url: `${self}/protection`,
        },
      };
    },
  },
  {
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/git/refs/{ref}',
    access: 'repository',
    anyOf: [{ contents: 'write' }],
    handle({ context, repository, principal, params }) {
      const [, branch] = /^heads\/(.+)$/.exec(params.ref) ?? [];
      if (!branch) {
        throw GitHubError.validation('Reference does not exist');
      }
      context.world.repositories.deleteBranch({
        repository,
        branch,
        sender: principal.account,
      });
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits',
    access: 'repository',
    anyOf: CONTENTS,
    handle(request) {
      const { context, repository, query } = request;
      const start = commitOf(
        request,
        (query.sha as string | undefined) ?? repository.defaultBranch,
      );
      const within = (commit: Commit) =>
        (!query.since ||
          commit.committer.date >= Date.parse(String(query.since))) &&
        (!query.until ||
          commit.committer.date <= Date.parse(String(query.until)));
      const { items, headers } = pageOf({
        request,
        items: context.world.repositories
          .history({ repository, sha: start.sha, limit: 1_000 })
          .filter(within),
      });
      return {
        status: 200,
        body: items.map(commit => presentCommit(context, repository, commit)),
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}',
    access: 'repository',
    anyOf: CONTENTS,
    handle(request) {
      const { context, repository, params } = request;
      return {
        status: 200,
        body: presentCommitWithFiles(
          context,
          repository,
          commitOf(request, params.ref),
        ),
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    access: 'repository',
    anyOf: [{ pull_requests: 'read' }],
    handle(request) {
      const { context, repository, params } = request;
      const { sha } = commitOf(request, params.commit_sha);
      const { pullRequests } = context.world;
      const { items, headers } = pageOf({
        request,
        items: pullRequests
          .list({ repository })
          .filter(
            pullRequest =>
              pullRequest.mergeCommitSha === sha ||
              pullRequests
                .commits(pullRequest)
                .some(commit => commit.sha === sha),
          ),
      });
      return {
        status: 200,
        body: items.map(item => presentPullRequestSimple(context, item)),
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/rules/branches/{branch}',
    access: 'repository',
    anyOf: [{ metadata: 'read' }],
    handle: ({ context, repository, params }) => ({
      status: 200,
      body: presentRules(
        context.world.repositories.fullName(repository),
        repository,
        context.world.repositories.protectionOf({
          repository,
          branch: params.branch,
        }),
      ),
    }),
  },
];

/** @throws GitHubError 404 where there is no such commit, 422 where it could not be one */
export function commitOf(request: RepositoryRequest, ref: string): Commit {
  const commit = request.context.world.repositories.resolveRef({
    repository: request.repository,
    ref,
  });
  if (!commit) {
    throw /^[0-9a-f]{40}$/.test(ref)
      ? GitHubError.validation(`No commit found for SHA: ${ref}`)
      : GitHubError.notFound();
  }
  return commit;
}

function isProtected(request: RepositoryRequest, branch: string): boolean {
  const { context, repository } = request;
  return (
    context.world.repositories.protectionOf({ repository, branch }) !==
    undefined
  );
}

function readContents(request: RepositoryRequest): RestResponse {
  const { context, repository, params, query, headers } = request;
  const ref = (query.ref as string | undefined) ?? repository.defaultBranch;
  const commit = context.world.repositories.resolveRef({ repository, ref });
  if (!commit) {
    throw new GitHubError(404, `No commit found for the ref ${ref}`);
  }
  const path = params.path.replace(/^\/|\/$/g, '');
  const sha = commit.tree[path];
  if (sha !== undefined) {
    const content = context.world.repositories.readBlob(sha);
    if (/\.raw\b/.test(String(headers.accept ?? ''))) {
      return {
        status: 200,
        body: content,
        headers: {
          'content-type': 'application/vnd.github.raw; charset=utf-8',
        },
      };
    }
    return {
      status: 200,
      body: {
        ...entry(request, { type: 'file', path, sha, ref, content }),
        encoding: 'base64',
        // GitHub breaks the lines of base64.
        content: Buffer.from(content)
          .toString('base64')
          .replace(/(.{60})/g, '$1\n'),
      },
    };
  }
  const prefix = path === '' ? '' : `${path}/`;
  const children = new Map<string, string | undefined>();
  for (const [file, blob] of Object.entries(commit.tree)) {
    if (file.startsWith(prefix)) {
      const [name, ...rest] = file.slice(prefix.length).split('/');
      children.set(name, rest.length === 0 ? blob : undefined);
    }
  }
  if (children.size === 0) {
    throw GitHubError.notFound();
  }
  return {
    status: 200,
    body: [...children].map(([name, blob]) =>
      entry(request, {
        type: blob === undefined ? 'dir' : 'file',
        path: `${prefix}${name}`,
        sha: blob ?? commit.treeSha,
        ref,
        content:
          blob === undefined
            ? undefined
            : context.world.repositories.readBlob(blob),
      }),
    ),
  };
}

function entry(
  { context, repository }: RepositoryRequest,
  options: {
    type: 'file' | 'dir';
    path: string;
    sha: string;
    ref: string;
    content?: string;
  },
) {
  const { type, path, sha, ref, content } = options;
  const api = repositoryApiUrl(context, repository);
  const page = pageUrls.repository(context, repository);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = `${api}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const isFile = type === 'file';
  const git = `${api}/git/${isFile ? 'blobs' : 'trees'}/${sha}`;
  const html = `${page}/${isFile ? 'blob' : 'tree'}/${ref}/${encoded}`;
  return {
    type,
    size: Buffer.byteLength(content ?? ''),
    name: path.replace(/^.*\//, ''),
    path,
    sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: isFile ? `${page}/raw/${ref}/${encoded}` : null,
    _links: { self, git, html },
  };
}

function presentRules(
  fullName: string,
  repository: Repository,
  protection: Repository['protections'][number] | undefined,
) {
  if (!protection) {
    return [];
  }
  const ruleset = {
    ruleset_source_type: 'Repository',
    ruleset_source: fullName,
    ruleset_id: repository.id,
  };
  return [
    {
      type: 'pull_request',
      ...ruleset,
      parameters: {
        required_approving_review_count: protection.requiredApprovals,
        dismiss_stale_reviews_on_push: protection.dismissStaleReviews,
        require_code_owner_review: protection.requireCodeOwnerReview,
        require_last_push_approval: false,
        required_review_thread_resolution: false,
        allowed_merge_methods: ['merge', 'squash', 'rebase'],
      },
    },
    ...(protection.requiredChecks.length > 0
      ? [
          {
            type: 'required_status_checks',
            ...ruleset,
            parameters: {
              strict_required_status_checks_policy: false,
              required_status_checks: protection.requiredChecks.map(check => ({
                context: check.context,
                ...(check.appId ? { integration_id: check.appId } : {}),
              })),
            },
          },
        ]
      : []),
  ];
}

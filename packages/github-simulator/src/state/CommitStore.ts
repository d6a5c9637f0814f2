import { createHash } from 'crypto';
import { GitHubError } from '../errors';
import { blobSha, diffTrees } from './diffTrees';
import { Account, Commit, FileChange, Repository } from './entities';
import type { World } from './World';

/** @public */
export interface CommitStoreData {
  commits: Commit[];
  /** Sha to content. */
  blobs: Record<string, string>;
}

const MAX_CACHED_COMPARISONS = 500;

/** What git keeps of repositories: commits with their trees, and contents. Nothing here ever changes once it is stored. @public */
export class CommitStore {
  readonly #world: World;
  readonly #commits = new Map<string, Commit>();
  readonly #blobs = new Map<string, string>();
  /** Comparisons are costly and asked for again; both ends are immutable. */
  readonly #comparisons = new Map<string, FileChange[]>();

  protected constructor(world: World) {
    this.#world = world;
  }

  getCommit(options: {
    repository: Repository;
    sha: string;
  }): Commit | undefined {
    return this.#commits.get(`${options.repository.id}:${options.sha}`);
  }

  requireCommit(options: { repository: Repository; sha: string }): Commit {
    const commit = this.getCommit(options);
    if (!commit) {
      throw new Error(`No commit ${options.sha}`);
    }
    return commit;
  }

  /** A commit by branch, `heads/branch`, full or abbreviated sha. */
  resolveRef(options: {
    repository: Repository;
    ref: string;
  }): Commit | undefined {
    const { repository } = options;
    const ref = options.ref.replace(/^(refs\/)?heads\//, '');
    const sha = repository.branches[ref] ?? ref;
    const exact = this.getCommit({ repository, sha });
    if (exact || !/^[0-9a-f]{7,39}$/.test(sha)) {
      return exact;
    }
    for (const [key, commit] of this.#commits) {
      if (key.startsWith(`${repository.id}:${sha}`)) {
        return commit;
      }
    }
    return undefined;
  }

  /** From a commit back along first parents. */
  history(options: {
    repository: Repository;
    sha: string;
    limit?: number;
  }): Commit[] {
    const commits: Commit[] = [];
    let commit = this.getCommit(options);
    while (commit && commits.length < (options.limit ?? 250)) {
      commits.push(commit);
      const parent: string | undefined = commit.parents[0];
      commit =
        parent === undefined
          ? undefined
          : this.getCommit({ repository: options.repository, sha: parent });
    }
    return commits;
  }

  /** All that can be reached from a commit. */
  ancestors(options: { repository: Repository; sha: string }): Set<string> {
    const seen = new Set<string>();
    const open = [options.sha];
    while (open.length > 0) {
      const sha = open.pop()!;
      if (!seen.has(sha)) {
        seen.add(sha);
        const commit = this.getCommit({ repository: options.repository, sha });
        open.push(...(commit?.parents ?? []));
      }
    }
    return seen;
  }

  /** Where two lines of commits parted. */
  mergeBase(options: { repository: Repository; a: string; b: string }): string {
    const { repository, a, b } = options;
    const reachable = this.ancestors({ repository, sha: a });
    const open = [b];
    const seen = new Set<string>();
    while (open.length > 0) {
      const sha = open.shift()!;
      if (reachable.has(sha)) {
        return sha;
      }
      if (!seen.has(sha)) {
        seen.add(sha);
        open.push(...this.requireCommit({ repository, sha }).parents);
      }
    }
    throw new GitHubError(404, 'No common ancestor');
  }

  /** Commits reachable from `head` and not from `base`, oldest first. */
  commitsBetween(options: {
    repository: Repository;
    base: string;
    head: string;
  }): Commit[] {
    const { repository } = options;
    const excluded = this.ancestors({ repository, sha: options.base });
    const found: Commit[] = [];
    const seen = new Set<string>();
    const visit = (sha: string) => {
      if (excluded.has(sha) || seen.has(sha)) {
        return;
      }
      seen.add(sha);
      const commit = this.requireCommit({ repository, sha });
      commit.parents.forEach(visit);
      found.push(commit);
    };
    visit(options.head);
    return found;
  }

  /** The content of a file; `undefined` where there is none. */
  readFile(options: {
    repository: Repository;
    ref: string;
    path: string;
  }): string | undefined {
    const sha = this.resolveRef(options)?.tree[options.path];
    return sha === undefined ? undefined : this.#blobs.get(sha);
  }

  /** All files, path to content. */
  readFiles(options: {
    repository: Repository;
    ref: string;
  }): Record<string, string> {
    const tree = this.resolveRef(options)?.tree ?? {};
    return Object.fromEntries(
      Object.entries(tree).map(([path, sha]) => [path, this.readBlob(sha)]),
    );
  }

  readBlob(sha: string): string {
    const content = this.#blobs.get(sha);
    if (content === undefined) {
      throw new Error(`No blob ${sha}`);
    }
    return content;
  }

  /** The files that differ between two commits of a repository. */
  compare(options: {
    repository: Repository;
    base: string;
    head: string;
  }): FileChange[] {
    const { repository, base, head } = options;
    const key = `${repository.id}:${base}:${head}`;
    let changes = this.#comparisons.get(key);
    if (!changes) {
      changes = diffTrees({
        before: this.requireCommit({ repository, sha: base }).tree,
        after: this.requireCommit({ repository, sha: head }).tree,
        read: sha => this.readBlob(sha),
      });
      if (this.#comparisons.size >= MAX_CACHED_COMPARISONS) {
        const [oldest] = this.#comparisons.keys();
        this.#comparisons.delete(oldest);
      }
      this.#comparisons.set(key, changes);
    }
    return changes;
  }

  /**
   * Stores a commit. It is on no branch until one is moved to it.
   *
   * `files` is laid over the tree of the first parent: a content, or `undefined` to remove the file. `tree` is the
   * whole tree instead, as shas of known contents.
   */
  createCommit(options: {
    repository: Repository;
    parents: string[];
    message: string;
    author: Account;
    committer?: Account;
    files?: Record<string, string | undefined>;
    tree?: Record<string, string>;
    verified?: boolean;
    breaksChecks?: string[];
  }): Commit {
    const { repository, parents, message, author } = options;
    const date = this.#world.clock.now();
    const first = parents[0];
    const tree: Record<string, string> = {
      ...(options.tree ??
        (first === undefined
          ? {}
          : this.requireCommit({ repository, sha: first }).tree)),
    };
    for (const [path, content] of Object.entries(options.files ?? {})) {
      if (content === undefined) {
        delete tree[path];
      } else {
        const sha = blobSha(content);
        this.#blobs.set(sha, content);
        tree[path] = sha;
      }
    }
    const treeSha = createHash('sha1')
      .update(JSON.stringify(Object.entries(tree).sort()))
      .digest('hex');
    const sha = createHash('sha1')
      .update(
        JSON.stringify([
          repository.id,
          treeSha,
          parents,
          message,
          author.id,
          date,
          this.#commits.size,
        ]),
      )
      .digest('hex');
    const committer = options.committer ?? author;
    const commit: Commit = {
      sha,
      repositoryId: repository.id,
      parents: [...parents],
      message,
      author: { name: gitName(author), email: author.email, date },
      committer: { name: gitName(committer), email: committer.email, date },
      authorId: author.id,
      tree,
      treeSha,
      verified: options.verified ?? author.type === 'Bot',
      breaksChecks: options.breaksChecks ?? [],
    };
    this.#commits.set(`${repository.id}:${sha}`, commit);
    return commit;
  }

  protected loadCommits(data: CommitStoreData): void {
    for (const commit of data.commits) {
      this.#commits.set(`${commit.repositoryId}:${commit.sha}`, commit);
    }
    for (const [sha, content] of Object.entries(data.blobs)) {
      this.#blobs.set(sha, content);
    }
  }

  protected commitsToData(): CommitStoreData {
    return {
      commits: [...this.#commits.values()],
      blobs: Object.fromEntries(this.#blobs),
    };
  }
}

function gitName(account: Account): string {
  if (account.login === 'Copilot') {
    return 'copilot-swe-agent[bot]';
  }
  return account.name ?? account.login;
}

import { PullRequest, Repository } from './entities';
import { mergeTrees } from './mergeTrees';
import type { World } from './World';

/**
 * GitHub's `mergeable_state`.
 *
 * - `clean`: may be merged; `unstable`: may be merged though a check that is not required does not pass.
 * - `blocked`: protection of the branch is not met; `draft`; `dirty`: conflicts; `unknown`: not open.
 *
 * @public
 */
export type MergeableState =
  'clean' | 'unstable' | 'blocked' | 'draft' | 'dirty' | 'unknown';

/** @public */
export interface Mergeability {
  /** Whether there is no conflict; `undefined` once it is closed. */
  mergeable?: boolean;
  state: MergeableState;
  /** Sentences, one for each thing that stands in the way. */
  blockedBy: string[];
}

/** Whether a pull request can be merged: conflicts, draft, protection. */
export class MergeRules {
  readonly #world: World;
  /** Pull request and both heads to the paths in conflict. */
  readonly #conflicts = new Map<string, string[]>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): MergeRules {
    return new MergeRules(world);
  }

  mergeability(pullRequest: PullRequest): Mergeability {
    if (pullRequest.state === 'closed') {
      return { state: 'unknown', blockedBy: [] };
    }
    if (this.#conflictsOf(pullRequest).length > 0) {
      return {
        mergeable: false,
        state: 'dirty',
        blockedBy: ['There are merge conflicts.'],
      };
    }
    if (pullRequest.draft) {
      return {
        mergeable: true,
        state: 'draft',
        blockedBy: ['Pull Request is still a draft'],
      };
    }
    const blockedBy = this.#unmetProtection(pullRequest);
    if (blockedBy.length > 0) {
      return { mergeable: true, state: 'blocked', blockedBy };
    }
    const rollup = this.#world.checks.rollup({
      repository: this.#repositoryOf(pullRequest),
      sha: pullRequest.headSha,
    });
    return {
      mergeable: true,
      state: rollup && rollup !== 'SUCCESS' ? 'unstable' : 'clean',
      blockedBy: [],
    };
  }

  /** The tree of the base branch with the changes of the pull request. */
  mergedTree(pullRequest: PullRequest) {
    const repository = this.#repositoryOf(pullRequest);
    const { repositories } = this.#world;
    const tree = (sha: string) =>
      repositories.requireCommit({ repository, sha }).tree;
    return mergeTrees({
      base: tree(pullRequest.mergeBaseSha),
      ours: tree(repository.branches[pullRequest.baseRef]),
      theirs: tree(pullRequest.headSha),
      read: sha => repositories.readBlob(sha),
    });
  }

  #conflictsOf(pullRequest: PullRequest): string[] {
    const baseTip =
      this.#repositoryOf(pullRequest).branches[pullRequest.baseRef];
    if (baseTip === pullRequest.mergeBaseSha) {
      return [];
    }
    const key = `${pullRequest.id}:${baseTip}:${pullRequest.headSha}`;
    let conflicts = this.#conflicts.get(key);
    if (!conflicts) {
      conflicts = this.mergedTree(pullRequest).conflicts;
      if (this.#conflicts.size > 10_000) {
        this.#conflicts.clear();
      }
      this.#conflicts.set(key, conflicts);
    }
    return conflicts;
  }

  #unmetProtection(pullRequest: PullRequest): string[] {
    const repository = this.#repositoryOf(pullRequest);
    const protection = this.#world.repositories.protectionOf({
      repository,
      branch: pullRequest.baseRef,
    });
    const unmet: string[] = [];
    for (const { context, appId } of protection?.requiredChecks ?? []) {
      const outcome = this.#world.checks.outcome({
        repository,
        sha: pullRequest.headSha,
        context,
        appId,
      });
      if (outcome === undefined) {
        unmet.push(`Required status check "${context}" is expected.`);
      } else if (outcome === 'pending') {
        unmet.push(`Required status check "${context}" is pending.`);
      } else if (outcome === 'failure') {
        unmet.push(`Required status check "${context}" is failing.`);
      }
    }
    const reviewsBlock = this.#world.reviews.unmetRequirement(pullRequest);
    if (reviewsBlock) {
      unmet.push(reviewsBlock);
    }
    return unmet;
  }

  #repositoryOf(pullRequest: PullRequest): Repository {
    return this.#world.repositories.require(pullRequest.repositoryId);
  }
}

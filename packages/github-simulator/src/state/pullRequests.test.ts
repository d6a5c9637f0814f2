import { GithubSimulator } from '../GithubSimulator';
import { startTestSimulator, TestCall } from '../testing/startTestSimulator';
import { Account, PullRequest, Repository } from './entities';
import { World } from './World';

describe('pull requests', () => {
  let simulator: GithubSimulator;
  let world: World;
  let call: TestCall;
  let shop: Repository;
  let ada: Account;
  let ben: Account;

  beforeEach(async () => {
    ({ simulator, call } = await startTestSimulator());
    world = simulator.world;
    shop = world.repositories.getByFullName('acme/shop')!;
    ada = world.accounts.getByLogin('ada')!;
    ben = world.accounts.getByLogin('ben')!;
  });

  afterEach(() => simulator.close());

  function open(
    options: {
      branch?: string;
      files?: Record<string, string | undefined>;
      draft?: boolean;
      agentRequester?: Account;
    } = {},
  ): PullRequest {
    const branch = options.branch ?? 'topic';
    world.repositories.createBranch({
      repository: shop,
      name: branch,
      sha: shop.branches.main,
      sender: world.accounts.copilot,
    });
    world.repositories.pushCommit({
      repository: shop,
      branch,
      message: 'Change',
      author: world.accounts.copilot,
      files: options.files ?? { 'src/new.js': 'export const a = 1;\n' },
    });
    return world.pullRequests.create({
      repository: shop,
      author: world.accounts.copilot,
      title: 'A change',
      headRef: branch,
      draft: options.draft,
      agentRequester: options.agentRequester,
    });
  }

  const passChecks = (pullRequest: PullRequest) => {
    for (const name of ['build', 'test']) {
      world.checks.setCheck({
        repository: shop,
        sha: pullRequest.headSha,
        name,
        status: 'completed',
        conclusion: 'success',
      });
    }
  };
  const approve = (pullRequest: PullRequest, user: Account) =>
    world.reviews.submit({ pullRequest, user, state: 'APPROVED' });
  const merge = (number: number, body: object) =>
    call(`PUT /repos/acme/shop/pulls/${number}/merge`, body);

  it('merges only the head that was named, and only when nothing stands in the way', async () => {
    const pullRequest = open({ draft: true });
    const { number } = pullRequest;
    const stale = await merge(number, { sha: shop.branches.main });
    expect([stale.status, stale.body.message]).toEqual([
      409,
      'Head branch was modified. Review and try the merge again.',
    ]);
    const draft = await merge(number, { sha: pullRequest.headSha });
    expect([draft.status, draft.body.message]).toEqual([
      405,
      'Pull Request is still a draft',
    ]);
    world.pullRequests.markReadyForReview({ pullRequest, sender: ada });
    const unchecked = await merge(number, { sha: pullRequest.headSha });
    expect(unchecked.status).toBe(405);
    expect(unchecked.body.message).toContain(
      'Required status check "test" is pending.',
    );
    passChecks(pullRequest);
    const unreviewed = await merge(number, { sha: pullRequest.headSha });
    expect(unreviewed.status).toBe(405);
    expect(unreviewed.body.message).toContain('At least 1 approving review');
    approve(pullRequest, ben);
    const assessed = pullRequest.headSha;
    world.repositories.pushCommit({
      repository: shop,
      branch: 'topic',
      message: 'One more',
      author: ada,
      files: { 'src/other.js': '\n' },
    });
    expect((await merge(number, { sha: assessed })).status).toBe(409);
    passChecks(pullRequest);
    const merged = await merge(number, { sha: pullRequest.headSha });
    expect([merged.status, merged.body.merged]).toEqual([200, true]);
    expect(shop.branches.main).toBe(merged.body.sha);
    expect(
      world.repositories.readFile({
        repository: shop,
        ref: 'main',
        path: 'src/new.js',
      }),
    ).toBe('export const a = 1;\n');
    expect((await merge(number, {})).status).toBe(405);
  });

  it('counts no approval of whoever asked the agent for the change', () => {
    const pullRequest = open({ agentRequester: ada });
    approve(pullRequest, ada);
    expect(world.reviews.decision(pullRequest)).toBe('REVIEW_REQUIRED');
    approve(pullRequest, ben);
    expect(world.reviews.decision(pullRequest)).toBe('APPROVED');
  });

  it('lets nobody approve an own pull request', () => {
    const pullRequest = open();
    expect(() => approve(pullRequest, world.accounts.copilot)).toThrow(
      'Can not approve your own pull request',
    );
  });

  it('takes the latest word of each reviewer', () => {
    const pullRequest = open();
    approve(pullRequest, ben);
    world.reviews.submit({
      pullRequest,
      user: ben,
      state: 'CHANGES_REQUESTED',
    });
    world.reviews.submit({ pullRequest, user: ben, state: 'COMMENTED' });
    expect(world.reviews.decision(pullRequest)).toBe('CHANGES_REQUESTED');
    approve(pullRequest, ben);
    expect(world.reviews.decision(pullRequest)).toBe('APPROVED');
  });

  it('asks the owners of the changed files once it is ready', () => {
    const pullRequest = open({
      draft: true,
      files: { 'docs/a.md': 'x\n', 'src/a.js': 'x\n' },
    });
    expect(pullRequest.requestedReviewerIds).toEqual([]);
    world.pullRequests.markReadyForReview({ pullRequest, sender: ada });
    expect(pullRequest.requestedReviewerIds).toEqual([ben.id]);
    expect(pullRequest.requestedTeamIds).toHaveLength(1);
    approve(pullRequest, ben);
    expect(pullRequest.requestedReviewerIds).toEqual([]);
    expect(pullRequest.requestedTeamIds).toEqual([]);
  });

  it('needs a code owner where protection says so', () => {
    shop.protections[0].requireCodeOwnerReview = true;
    const pullRequest = open({ files: { 'docs/a.md': 'x\n' } });
    approve(pullRequest, ada);
    expect(world.reviews.unmetRequirement(pullRequest)).toBe(
      'Waiting on code owner review.',
    );
    approve(pullRequest, ben);
    expect(world.reviews.unmetRequirement(pullRequest)).toBeUndefined();
  });

  it('dismisses approvals at a push where protection says so', () => {
    shop.protections[0].dismissStaleReviews = true;
    const pullRequest = open();
    approve(pullRequest, ben);
    world.repositories.pushCommit({
      repository: shop,
      branch: 'topic',
      message: 'More',
      author: ada,
      files: { a: 'b\n' },
    });
    expect(world.reviews.decision(pullRequest)).toBe('REVIEW_REQUIRED');
  });

  it('counts a required status only from the App that it is bound to', () => {
    const app = world.apps.get(4242)!;
    shop.protections[0].requiredChecks = [
      { context: 'agent-tasks/gate', appId: app.id },
    ];
    const pullRequest = open();
    approve(pullRequest, ben);
    const set = (appId?: number) =>
      world.checks.setStatus({
        repository: shop,
        sha: pullRequest.headSha,
        state: 'success',
        context: 'agent-tasks/gate',
        creator: ada,
        appId,
      });
    set();
    expect(world.pullRequests.mergeability(pullRequest).state).toBe('blocked');
    set(app.id);
    expect(world.pullRequests.mergeability(pullRequest).blockedBy).toEqual([]);
  });

  it('finds conflicts, and merges what both sides changed elsewhere', async () => {
    const text = (first: string, last: string) =>
      `${first}\nb\nc\nd\ne\nf\ng\n${last}\n`;
    const push = (branch: string, content: string) =>
      world.repositories.pushCommit({
        repository: shop,
        branch,
        message: 'Edit',
        author: ada,
        files: { 'a.txt': content },
      });
    push('main', text('a', 'h'));
    const fits = open({
      branch: 'fits',
      files: { 'a.txt': text('a', 'H') },
    });
    const clashes = open({
      branch: 'clashes',
      files: { 'a.txt': text('X', 'h') },
    });
    push('main', text('A', 'h'));
    expect(world.pullRequests.mergeability(clashes).state).toBe('dirty');
    expect((await merge(clashes.number, {})).status).toBe(405);
    approve(fits, ben);
    passChecks(fits);
    world.pullRequests.merge({ pullRequest: fits, sender: ada });
    expect(
      world.repositories.readFile({
        repository: shop,
        ref: 'main',
        path: 'a.txt',
      }),
    ).toBe(text('A', 'H'));
  });

  it('merges by itself once auto-merge is on and the last thing is met', () => {
    const pullRequest = open();
    world.pullRequests.enableAutoMerge({
      pullRequest,
      sender: ada,
      expectedHeadSha: pullRequest.headSha,
    });
    passChecks(pullRequest);
    expect(pullRequest.merged).toBe(false);
    approve(pullRequest, ben);
    expect(pullRequest).toMatchObject({ merged: true, mergedById: ada.id });
  });

  it('switches auto-merge off when another head is pushed', () => {
    const pullRequest = open();
    world.pullRequests.enableAutoMerge({
      pullRequest,
      sender: ada,
      expectedHeadSha: pullRequest.headSha,
    });
    world.repositories.pushCommit({
      repository: shop,
      branch: 'topic',
      message: 'More',
      author: ada,
      files: { a: 'b\n' },
    });
    passChecks(pullRequest);
    approve(pullRequest, ben);
    expect(pullRequest.merged).toBe(false);
  });

  it('tells what happens, in order', () => {
    const seen: string[] = [];
    world.events.on('pull_request', event => seen.push(event.action));
    const pullRequest = open({ draft: true });
    world.pullRequests.markReadyForReview({ pullRequest, sender: ada });
    world.pullRequests.convertToDraft({ pullRequest, sender: ada });
    world.conversations.addLabels({ pullRequest, names: ['x'], sender: ada });
    world.pullRequests.close({ pullRequest, sender: ada });
    world.pullRequests.reopen({ pullRequest, sender: ada });
    world.repositories.deleteBranch({
      repository: shop,
      branch: 'topic',
      sender: ada,
    });
    expect(seen).toEqual([
      'opened',
      'ready_for_review',
      'review_requested',
      'converted_to_draft',
      'labeled',
      'closed',
      'reopened',
      'closed',
    ]);
    expect(world.events.errors).toEqual([]);
  });

  it('survives being written down and read', () => {
    const pullRequest = open();
    approve(pullRequest, ben);
    const data = JSON.parse(JSON.stringify(world.toData()));
    const copy = World.fromData({ data, clock: world.clock });
    expect(JSON.parse(JSON.stringify(copy.toData()))).toEqual(data);
    const found = copy.pullRequests.getByNodeId(pullRequest.nodeId)!;
    expect(copy.pullRequests.files(found)).toEqual(
      world.pullRequests.files(pullRequest),
    );
    expect(copy.nextId('pullRequest')).toBe(world.nextId('pullRequest'));
  });
});

import { GithubSimulator, SeededRandom } from '@agent-tasks/github-simulator';
import { createBenchOrganization } from '../github/benchOrganization';
import { reviewChanges } from '../github/reviewChanges';
import { countRequests } from './countRequests';
import { PollingLoop } from './PollingLoop';

async function start(outcome: 'completed' | 'failed') {
  const organization = createBenchOrganization({ repositories: 1 });
  organization.seed.organizations[0].repositories.forEach(repository => {
    repository.checks = [];
    repository.requiredChecks = [];
  });
  const simulator = await GithubSimulator.start({
    seed: organization.seed,
    checkContract: true,
    agent: {
      outcomes: { [outcome]: 1 },
      queueSeconds: { min: 0, max: 0 },
      durationSeconds: { min: 0.3, max: 0.3 },
      pullRequestAfterSeconds: 0.1,
      failsEarlyShare: 0,
      realChanges: false,
    },
  });
  reviewChanges({
    simulator,
    reviewSeconds: { min: 0.3, max: 0.3 },
    random: SeededRandom.create(1),
  });
  const loop = PollingLoop.create({
    apiUrl: simulator.apiUrl,
    token: organization.starterToken,
    repositories: ['acme/service-001'],
    pollSeconds: 0.05,
  });
  return { simulator, loop };
}

describe('PollingLoop', () => {
  it('follows a task to its merge with polls, one look-up and one change', async () => {
    const { simulator, loop } = await start('completed');
    await loop.run();
    const [pullRequest] = simulator.world.pullRequests.list({
      repository:
        simulator.world.repositories.getByFullName('acme/service-001')!,
    });
    expect(pullRequest.merged).toBe(true);
    const { byRoute } = countRequests(simulator.counters.values);
    expect(byRoute['POST /agents/repos/{owner}/{repo}/tasks']).toBe(1);
    expect(byRoute['POST /graphql']).toBe(2);
    expect(
      byRoute['GET /agents/repos/{owner}/{repo}/tasks/{task_id}'],
    ).toBeGreaterThan(1);
    expect(
      byRoute['GET /repos/{owner}/{repo}/pulls/{pull_number}'],
    ).toBeGreaterThan(1);
    expect(Object.keys(byRoute)).toHaveLength(4);
    expect(simulator.contract.violations).toEqual([]);
    await simulator.close();
  });

  it('says so where a task fails, for then it would count no way to a merge', async () => {
    const { simulator, loop } = await start('failed');
    await expect(loop.run()).rejects.toThrow(
      'The task in acme/service-001 is failed',
    );
    await simulator.close();
  });
});

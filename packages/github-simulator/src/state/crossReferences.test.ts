import { GithubSimulator } from '../GithubSimulator';
import { openTestPullRequest } from '../testing/openTestPullRequest';
import { testSeed } from '../testing/testSeed';
import { listReferencesTo } from './crossReferences';

describe('listReferencesTo', () => {
  let simulator: GithubSimulator;

  beforeEach(async () => {
    simulator = await GithubSimulator.start({ seed: testSeed });
  });
  afterEach(() => simulator.close());

  it.each([
    ['#1', true],
    ['Follows #1.', true],
    ['Reverts acme/shop#1', true],
    ['See (ACME/Shop#1)', true],
    ['#12', false],
    ['#1a', false],
    ['acme/blog#1', false],
    ['x#1', false],
    ['https://example.com/page#1', false],
    ['', false],
  ])('of a description "%s": %s', (body, refers) => {
    const first = openTestPullRequest(simulator);
    const second = openTestPullRequest(simulator, { branch: 'second', body });
    expect(listReferencesTo(simulator.world, first)).toEqual(
      refers ? [second] : [],
    );
    expect(listReferencesTo(simulator.world, second)).toEqual([]);
  });
});

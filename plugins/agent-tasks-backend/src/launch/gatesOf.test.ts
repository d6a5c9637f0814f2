import { gatesOf } from './gatesOf';

describe('gatesOf', () => {
  it('asks for a review by the owners of the code where nothing is said', () => {
    expect(gatesOf({})).toEqual([
      {
        gate: 'review',
        text: 'The template asks that one person from among the owners of the code, and not the requester, approves the change. The branch protection of the repository holds it until enough have.',
      },
    ]);
  });

  it('tells all that a change may not do, who approves and who reviews', () => {
    expect(
      gatesOf({
        constraints: {
          allowedPaths: ['src/**', 'docs/**'],
          forbiddenPaths: ['.github/**'],
          maxChangedFiles: 20,
          maxChangedLines: 500,
          forbiddenSecrets: ['*PROD*'],
        },
        review: {
          requireApproval: true,
          minApprovals: 2,
          reviewers: ['group:default/shop'],
        },
      }),
    ).toEqual([
      {
        gate: 'constraints',
        text: 'The agent is told that the change touches nothing but src/** and docs/**, does not touch .github/**, changes at most 20 files, and adds and deletes at most 500 lines. Whoever reviews it sees whether that is so. It is meant for repositories in which the agent can read no secret named like *PROD*.',
      },
      {
        gate: 'approval',
        text: expect.stringContaining('other than the requester'),
      },
      {
        gate: 'review',
        text: expect.stringMatching(
          /2 people of group:default\/shop, and not the requester, approve the/,
        ),
      },
    ]);
  });

  it('asks for none that the template does not have', () => {
    expect(gatesOf({ constraints: {}, review: { autoMerge: true } })).toEqual(
      [],
    );
  });
});

import { gatesOf } from './gatesOf';

describe('gatesOf', () => {
  it('asks for a review by the owners of the code where nothing is said', () => {
    expect(gatesOf({})).toEqual([
      {
        gate: 'review',
        text: 'One person from among the owners of the code must approve it; not the requester.',
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
        text: 'Its change is merged only where it touches nothing but src/** and docs/**, does not touch .github/**, changes at most 20 files, changes at most 500 lines, and comes from a repository without secrets named like *PROD*.',
      },
      { gate: 'approval', text: expect.stringContaining('stays a draft') },
      {
        gate: 'review',
        text: '2 people of group:default/shop must approve it; not the requester.',
      },
    ]);
  });

  it('asks for none that the template does not have', () => {
    expect(gatesOf({ constraints: {}, review: { autoMerge: true } })).toEqual(
      [],
    );
  });
});

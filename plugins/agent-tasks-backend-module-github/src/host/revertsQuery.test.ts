import {
  ReferencedPullRequest,
  revertsSchema,
  toHostRevert,
} from './revertsQuery';

const source = {
  number: 12,
  url: 'https://github.com/acme/shop/pull/12',
  body: 'Reverts acme/shop#7',
  merged: true,
  mergedAt: '2026-11-22T13:00:00Z',
  baseRefName: 'main',
  repository: { nameWithOwner: 'acme/shop' },
};

function named(
  ...sources: (Partial<Omit<typeof source, 'mergedAt'>> & {
    mergedAt?: string | null;
  })[]
): ReferencedPullRequest {
  return {
    id: 'PR_7',
    number: 7,
    baseRefName: 'main',
    repository: { nameWithOwner: 'acme/shop' },
    timelineItems: {
      nodes: sources.map(more => ({ source: { ...source, ...more } })),
    },
  };
}

describe('toHostRevert', () => {
  it.each([
    'Reverts acme/shop#7',
    'Reverts ACME/Shop#7\r\n\r\nIt broke the checkout.',
    'It broke the checkout.\n\nReverts #7, see there.',
    'reverts acme/shop#7.',
  ])('takes "%s" for a revert', body => {
    expect(toHostRevert(named({ body }))).toEqual({
      number: 12,
      url: 'https://github.com/acme/shop/pull/12',
      mergedAt: '2026-11-22T13:00:00Z',
    });
  });

  it.each([
    'Reverts acme/shop#71',
    'Reverts acme/shop#8',
    'Reverts acme/blog#7',
    'Nothing here reverts acme/shop#7',
    '> Reverts acme/shop#7',
    'Revert of #7',
    'Reverts acme/shop#7x',
    'Fixes #7',
    '',
  ])('does not take "%s" for one', body => {
    expect(toHostRevert(named({ body }))).toBeUndefined();
  });

  it.each([
    ['that is not merged', { merged: false, mergedAt: null }],
    ['of another repository', { repository: { nameWithOwner: 'acme/blog' } }],
    ['of another branch', { baseRefName: 'release' }],
  ])('does not count one %s', (_which, more) => {
    expect(toHostRevert(named(more))).toBeUndefined();
  });

  it('tells the first of several that were merged', () => {
    expect(
      toHostRevert(
        named(
          { merged: false, mergedAt: null },
          { number: 14, mergedAt: '2026-11-22T15:00:00Z' },
          { number: 13, mergedAt: '2026-11-22T14:00:00Z' },
        ),
      ),
    ).toMatchObject({ number: 13 });
  });
});

describe('revertsSchema', () => {
  it('takes what is gone, what is no pull request, and names by issues or by what is not shown', () => {
    const { nodes } = revertsSchema.parse({
      nodes: [
        null,
        {},
        {
          ...named(),
          timelineItems: { nodes: [null, { source: {} }, { source }] },
        },
      ],
    });
    const last = nodes[2];
    expect(last && 'id' in last && toHostRevert(last)).toMatchObject({
      number: 12,
    });
  });

  it('does not take half a pull request', () => {
    expect(
      revertsSchema.safeParse({
        nodes: [
          {
            ...named(),
            timelineItems: { nodes: [{ source: { number: 12 } }] },
          },
        ],
      }).success,
    ).toBe(false);
  });
});

import fc from 'fast-check';
import { connection, ConnectionArguments } from './connection';

const node = (item: number) => item;

describe('connection', () => {
  it('gives the last ones', () => {
    expect(
      connection({ items: [1, 2, 3, 4], args: { last: 2 }, node }),
    ).toMatchObject({
      nodes: [3, 4],
      totalCount: 4,
      pageInfo: { hasPreviousPage: true, hasNextPage: false },
    });
  });

  it('is empty for an empty list', () => {
    expect(connection({ items: [], args: { first: 5 }, node })).toEqual({
      nodes: [],
      edges: [],
      totalCount: 0,
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: undefined,
        endCursor: undefined,
      },
    });
  });

  it('refuses what is no cursor of its own', () => {
    expect(() =>
      connection({ items: [1], args: { first: 1, after: 'x' }, node }),
    ).toThrow('`x` does not appear to be a valid cursor.');
  });

  it.each(['first', 'last'] as const)(
    'leaves nothing out and repeats nothing when paged by %s',
    size => {
      fc.assert(
        fc.property(
          fc.array(fc.integer(), { maxLength: 40 }),
          fc.integer({ min: 1, max: 9 }),
          (items, count) => {
            const pages: number[][] = [];
            let args: ConnectionArguments = { [size]: count };
            for (let more = true; more;) {
              const { nodes, pageInfo } = connection({ items, args, node });
              expect(nodes.length).toBeLessThanOrEqual(count);
              if (size === 'first') {
                pages.push(nodes);
                more = pageInfo.hasNextPage;
                args = { first: count, after: pageInfo.endCursor };
              } else {
                pages.unshift(nodes);
                more = pageInfo.hasPreviousPage;
                args = { last: count, before: pageInfo.startCursor };
              }
            }
            expect(pages.flat()).toEqual(items);
          },
        ),
      );
    },
  );
});

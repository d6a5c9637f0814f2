import { GraphqlRefusal } from './GraphqlRefusal';

/** Arguments that every connection has. */
export interface ConnectionArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** A page of a list as GraphQL shows it. */
export interface Connection<T> {
  nodes: T[];
  edges: { cursor: string; node: T }[];
  totalCount: number;
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor?: string;
    endCursor?: string;
  };
}

/**
 * Cuts a page from a list. Items become nodes only where they are on the page. Cursors are positions: lists of the
 * simulator grow at their end.
 */
export function connection<T, N>(options: {
  items: readonly T[];
  args: ConnectionArguments;
  node: (item: T) => N;
}): Connection<N> {
  const { items, args } = options;
  let start = args.after ? positionOf(args.after) + 1 : 0;
  let end = args.before ? positionOf(args.before) : items.length;
  if (typeof args.first === 'number') {
    end = Math.min(end, start + args.first);
  } else if (typeof args.last === 'number') {
    start = Math.max(start, end - args.last);
  }
  const nodes = items.slice(start, end).map(options.node);
  const edges = nodes.map((node, index) => ({
    cursor: cursorOf(start + index),
    node,
  }));
  return {
    nodes,
    edges,
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor,
      endCursor: edges[edges.length - 1]?.cursor,
    },
  };
}

function cursorOf(position: number): string {
  return Buffer.from(`cursor:v2:${position}`).toString('base64');
}

function positionOf(cursor: string): number {
  const match = /^cursor:v2:(\d+)$/.exec(
    Buffer.from(cursor, 'base64').toString('utf8'),
  );
  if (!match) {
    throw new GraphqlRefusal(
      'UNPROCESSABLE',
      `\`${cursor}\` does not appear to be a valid cursor.`,
    );
  }
  return Number(match[1]);
}

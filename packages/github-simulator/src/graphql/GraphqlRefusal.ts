/** GitHub's types of GraphQL errors, as far as the simulator has them. */
export type GraphqlErrorType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNPROCESSABLE'
  | 'STALE_DATA'
  | 'ARGUMENT_LIMIT'
  | 'EXCESSIVE_PAGINATION'
  | 'MAX_NODE_LIMIT_EXCEEDED'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'NOT_SERVED';

/** Something that GitHub's GraphQL API answers with an entry in `errors`, and with null data where it stands. */
export class GraphqlRefusal extends Error {
  readonly type: GraphqlErrorType;
  /** Where it stands, when that is known before anything is executed. */
  readonly path?: string[];

  constructor(type: GraphqlErrorType, message: string, path?: string[]) {
    super(message);
    this.name = 'GraphqlRefusal';
    this.type = type;
    this.path = path;
  }
}

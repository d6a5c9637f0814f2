import {
  DocumentNode,
  execute,
  getOperationAST,
  GraphQLError,
  GraphQLFieldResolver,
  parse,
  validate,
} from 'graphql';
import { GitHubError } from '../errors';
import { GraphqlErrorType, GraphqlRefusal } from './GraphqlRefusal';
import { GraphqlSession } from './GraphqlSession';
import { loadGraphqlSchema } from './loadSchema';
import { mutationRoot } from './mutations';
import { queryRoot } from './queries';
import { QueryCost, weighQuery } from './queryLimits';

/** An entry of `errors` as GitHub writes it. */
export interface GraphqlAnswerError {
  type?: string;
  path?: readonly (string | number)[];
  locations?: readonly { line: number; column: number }[];
  extensions?: Record<string, unknown>;
  message: string;
}

/** The body of an answer; GitHub's status is 200 even where there are errors. */
export interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: GraphqlAnswerError[];
}

/** The parts of a request. */
export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/** A request that is valid and within the limits. */
export interface PreparedGraphql {
  request: GraphqlRequest;
  document: DocumentNode;
  cost: QueryCost;
}

/**
 * Checks a request against GitHub's schema and its limits, and weighs it: this comes before the request is charged to
 * anybody's budget.
 */
export function prepareGraphql(
  request: GraphqlRequest,
): PreparedGraphql | GraphqlAnswer {
  const schema = loadGraphqlSchema();
  let document: DocumentNode;
  try {
    document = parse(request.query);
  } catch (error) {
    return { errors: [describe(error)] };
  }
  const invalid = validate(schema, document);
  if (invalid.length > 0) {
    return { errors: invalid.map(describe) };
  }
  const operation = getOperationAST(document, request.operationName);
  if (!operation) {
    return { errors: [{ message: 'An operation name is required' }] };
  }
  try {
    const cost = weighQuery({
      schema,
      document,
      operation,
      variables: request.variables ?? {},
    });
    return { request, document, cost };
  } catch (error) {
    return { errors: [describe(error)] };
  }
}

/**
 * Reads a field of a node, or calls it. What a node does not have is refused by name rather than shown as null: a test
 * should not pass because the simulator knows less than GitHub.
 */
const resolveField: GraphQLFieldResolver<unknown, unknown> = (
  source,
  args,
  context,
  info,
) => {
  const node = source as Record<string, unknown>;
  if (!(info.fieldName in node)) {
    throw new GraphqlRefusal(
      'NOT_SERVED',
      `The simulator does not serve ${info.parentType.name}.${info.fieldName}.`,
    );
  }
  const value = node[info.fieldName];
  return typeof value === 'function' ? value(args, context, info) : value;
};

/** Runs a prepared request for a session. */
export async function executeGraphql(options: {
  prepared: PreparedGraphql;
  session: GraphqlSession;
}): Promise<GraphqlAnswer> {
  const { prepared, session } = options;
  const { request, document } = prepared;
  const operation = getOperationAST(document, request.operationName);
  const result = await execute({
    schema: loadGraphqlSchema(),
    document,
    rootValue:
      operation?.operation === 'mutation'
        ? mutationRoot(session)
        : queryRoot(session),
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver: resolveField,
  });
  return {
    data: result.data,
    errors: result.errors?.map(describe),
  };
}

/** Of a status of REST's errors, the type that GraphQL has for it. */
const TYPES: Record<number, GraphqlErrorType> = {
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'STALE_DATA',
};

function describe(error: unknown): GraphqlAnswerError {
  const graphqlError = error instanceof GraphQLError ? error : undefined;
  const cause = graphqlError?.originalError ?? error;
  const place = {
    path: graphqlError?.path,
    locations: graphqlError?.locations?.map(({ line, column }) => ({
      line,
      column,
    })),
  };
  if (cause instanceof GraphqlRefusal) {
    return {
      type: cause.type,
      ...place,
      path: place.path ?? cause.path,
      ...(cause.type === 'FORBIDDEN' && {
        extensions: { saml_failure: false },
      }),
      message: cause.message,
    };
  }
  if (cause instanceof GitHubError) {
    return {
      type: TYPES[cause.status] ?? 'UNPROCESSABLE',
      ...place,
      message:
        cause.errors?.find(({ message }) => message)?.message ?? cause.message,
    };
  }
  return {
    ...place,
    message: error instanceof Error ? error.message : String(error),
  };
}

import {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  getNamedType,
  GraphQLCompositeType,
  GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { GraphqlRefusal } from './GraphqlRefusal';

/** As of GitHub's documentation of rate limits and node limits for GraphQL. */
const MAX_NODES = 500_000;
const MAX_PAGE = 100;
const MAX_IDS = 100;

/** What a query may ask for at most. */
export interface QueryCost {
  /** Nodes that it can return. */
  nodeCount: number;
  /** Points that it takes from the hourly budget. */
  points: number;
}

class QueryWeigher {
  nodes = 0;
  requests = 0;
  readonly #schema: GraphQLSchema;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  readonly #variables: Record<string, unknown>;

  constructor(options: {
    schema: GraphQLSchema;
    fragments: Map<string, FragmentDefinitionNode>;
    variables: Record<string, unknown>;
  }) {
    this.#schema = options.schema;
    this.#fragments = options.fragments;
    this.#variables = options.variables;
  }

  walk(
    selections: SelectionSetNode,
    parent: GraphQLCompositeType,
    multiplier: number,
    path: string[],
  ): void {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        this.#walkField(selection, parent, multiplier, path);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.#fragments.get(selection.name.value)
          : selection;
      const condition = fragment?.typeCondition?.name.value;
      const type =
        condition === undefined ? parent : this.#schema.getType(condition);
      if (fragment && isCompositeType(type)) {
        this.walk(fragment.selectionSet, type, multiplier, path);
      }
    }
  }

  #walkField(
    field: FieldNode,
    parent: GraphQLCompositeType,
    multiplier: number,
    path: string[],
  ): void {
    const definition =
      isObjectType(parent) || isInterfaceType(parent)
        ? parent.getFields()[field.name.value]
        : undefined;
    const type = definition && getNamedType(definition.type);
    if (!field.selectionSet || !isCompositeType(type)) {
      return;
    }
    const here = [...path, field.alias?.value ?? field.name.value];
    let below = multiplier;
    if (type.name.endsWith('Connection')) {
      below = multiplier * this.#pageSize(field, here);
      this.requests += multiplier;
      this.nodes += below;
      if (this.nodes > MAX_NODES) {
        throw new GraphqlRefusal(
          'MAX_NODE_LIMIT_EXCEEDED',
          `By the time this query traverses to the ${
            field.name.value
          } connection, it is requesting up to ${this.nodes.toLocaleString(
            'en-US',
          )} possible nodes which exceeds the maximum limit of ${MAX_NODES.toLocaleString(
            'en-US',
          )}.`,
          here,
        );
      }
    } else if (parent.name === 'Query' && field.name.value === 'nodes') {
      const ids = this.#argument(field, 'ids');
      const count = Array.isArray(ids) ? ids.length : 1;
      if (count > MAX_IDS) {
        throw new GraphqlRefusal(
          'ARGUMENT_LIMIT',
          `You may not provide more than ${MAX_IDS} node ids; you provided ${count}.`,
          here,
        );
      }
      this.requests += 1;
      this.nodes += count;
      below = multiplier * count;
    }
    this.walk(field.selectionSet, type, below, here);
  }

  #pageSize(field: FieldNode, path: string[]): number {
    for (const name of ['first', 'last']) {
      const value = this.#argument(field, name);
      if (typeof value === 'number') {
        if (value < 1 || value > MAX_PAGE) {
          throw new GraphqlRefusal(
            'EXCESSIVE_PAGINATION',
            `Requesting ${value} records on the \`${field.name.value}\` connection exceeds the \`${name}\` limit of ${MAX_PAGE} records.`,
            path,
          );
        }
        return value;
      }
    }
    throw new GraphqlRefusal(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${field.name.value}\` connection.`,
      path,
    );
  }

  #argument(field: FieldNode, name: string): unknown {
    const value = field.arguments?.find(
      argument => argument.name.value === name,
    )?.value;
    switch (value?.kind) {
      case Kind.VARIABLE:
        return this.#variables[value.name.value];
      case Kind.INT:
        return Number(value.value);
      case Kind.LIST:
        return value.values;
      default:
        return undefined;
    }
  }
}

/**
 * Weighs a valid query by GitHub's published rules: nodes are multiplied down nested connections; points are the
 * requests that it takes to fill all connections, divided by 100, at least 1.
 *
 * @throws GraphqlRefusal where a connection has no page size, a page is too large, or there are too many nodes
 */
export function weighQuery(options: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}): QueryCost {
  const { schema, document, operation, variables } = options;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const weigher = new QueryWeigher({ schema, fragments, variables });
  const root = schema.getRootType(operation.operation);
  if (root) {
    weigher.walk(operation.selectionSet, root, 1, []);
  }
  return {
    nodeCount: weigher.nodes,
    points: Math.max(1, Math.round(weigher.requests / 100)),
  };
}

import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { buildSchema, GraphQLSchema } from 'graphql';

let schema: GraphQLSchema | undefined;

/**
 * GitHub's own schema, built once a process.
 *
 * @public
 */
export function loadGraphqlSchema(): GraphQLSchema {
  schema ??= buildSchema(readFileSync(findSdl(), 'utf8'), {
    // GitHub's SDL repeats two fields.
    assumeValidSDL: true,
    assumeValid: true,
    noLocation: true,
  });
  return schema;
}

/** The package exports its SDL as a string to ES modules alone; the file beside it serves both. */
function findSdl(): string {
  for (const folder of require.resolve.paths('@octokit/graphql-schema') ?? []) {
    const path = join(folder, '@octokit', 'graphql-schema', 'schema.graphql');
    if (existsSync(path)) {
      return path;
    }
  }
  throw new Error('@octokit/graphql-schema is not installed');
}

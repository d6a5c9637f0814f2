import { HostRevert } from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';

/** GitHub's limit for `nodes(ids)`. */
export const REVERTS_PER_REQUEST = 100;

/**
 * Reads what names up to a hundred pull requests: GitHub has no field that says that one was reverted. Its *Revert* opens
 * a pull request whose description begins with `Reverts OWNER/REPO#NUMBER`, which stands in the timeline of the other one.
 */
export const REVERTS_QUERY = `
  query Reverts($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on PullRequest {
        id
        number
        baseRefName
        repository { nameWithOwner }
        timelineItems(itemTypes: [CROSS_REFERENCED_EVENT], last: 20) {
          nodes {
            ... on CrossReferencedEvent {
              source {
                ... on PullRequest {
                  number
                  url
                  body
                  merged
                  mergedAt
                  baseRefName
                  repository { nameWithOwner }
                }
              }
            }
          }
        }
      }
    }
  }`;

const repositorySchema = z.object({ nameWithOwner: z.string() });

const referenceSchema = z.object({
  number: z.number().int(),
  url: z.string().url(),
  body: z.string(),
  merged: z.boolean(),
  mergedAt: z.string().nullable(),
  baseRefName: z.string(),
  repository: repositorySchema,
});

const referencedSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  baseRefName: z.string(),
  repository: repositorySchema,
  timelineItems: z.object({
    nodes: z
      .array(
        z
          // Empty for an issue.
          .object({ source: z.union([referenceSchema, z.object({}).strict()]) })
          .nullable(),
      )
      .nullable(),
  }),
});

/** A pull request and what names it. */
export type ReferencedPullRequest = z.infer<typeof referencedSchema>;

/** In the order asked for: `null` for what the token does not cover, empty for what is no pull request. */
export const revertsSchema = z.object({
  nodes: z.array(z.union([referencedSchema, z.object({}).strict()]).nullable()),
});

/**
 * The first pull request that took this one back: merged into the same branch, and described as its revert.
 *
 * @returns `undefined`: none did
 */
export function toHostRevert(
  pullRequest: ReferencedPullRequest,
): HostRevert | undefined {
  const repository = keyOf(pullRequest.repository);
  return (pullRequest.timelineItems.nodes ?? [])
    .flatMap((item): HostRevert[] => {
      const source = item?.source;
      return source &&
        'number' in source &&
        source.merged &&
        source.mergedAt !== null &&
        keyOf(source.repository) === repository &&
        // Elsewhere it was taken back, and it is still where it was merged.
        source.baseRefName === pullRequest.baseRefName &&
        saysThatItReverts(source.body, {
          repository,
          number: pullRequest.number,
        })
        ? [
            {
              number: source.number,
              url: source.url,
              mergedAt: source.mergedAt,
            },
          ]
        : [];
    })
    .sort((a, b) => Date.parse(a.mergedAt) - Date.parse(b.mergedAt))[0];
}

/** Whether a line of a description begins with `Reverts OWNER/REPO#NUMBER` or `Reverts #NUMBER`. */
function saysThatItReverts(
  body: string,
  reverted: { repository: string; number: number },
): boolean {
  return body.split(/\r?\n/).some(line => {
    const [, repository, number] =
      /^\s*Reverts\s+([\w-]+\/[\w.-]+)?#(\d+)(?!\w)/i.exec(line) ?? [];
    return (
      Number(number) === reverted.number &&
      (repository === undefined ||
        repository.toLocaleLowerCase('en-US') === reverted.repository)
    );
  });
}

/** GitHub compares names without case. */
function keyOf(repository: { nameWithOwner: string }): string {
  return repository.nameWithOwner.toLocaleLowerCase('en-US');
}

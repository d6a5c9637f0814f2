import {
  Entity,
  parseEntityRef,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/** The owners of an entity, as the catalog has resolved them. */
export function ownersOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => stringifyEntityRef(parseEntityRef(relation.targetRef)));
}

/** The groups that a user is a direct member of. */
function groupsOf(user: Entity): string[] {
  return (user.relations ?? [])
    .filter(relation => relation.type === RELATION_MEMBER_OF)
    .map(relation => stringifyEntityRef(parseEntityRef(relation.targetRef)))
    .filter(ref => parseEntityRef(ref).kind.toLowerCase() === 'group');
}

/** A team, or why there is none. */
export type TeamResolution =
  | { team: string }
  | {
      reason:
        | 'no-owner'
        | 'owner-not-found'
        | 'owner-not-a-group'
        | 'owner-ambiguous';
      /** The owner that is the matter. */
      owner?: string;
      /** The groups that it could be. */
      candidates?: string[];
    };

/**
 * The team that answers for an entity: the Group that owns it, or the only group of the User that owns it.
 *
 * @param options.refs - what `ownersOf` said of the entity
 * @param options.owners - entities that these refs name; those that the catalog does not hold are missing
 */
export function resolveTeam(options: {
  refs: readonly string[];
  owners: ReadonlyMap<string, Entity>;
}): TeamResolution {
  const { refs } = options;
  if (!refs.length) {
    return { reason: 'no-owner' };
  }
  const teams = new Set<string>();
  let problem: TeamResolution | undefined;
  for (const ref of refs) {
    const owner = options.owners.get(ref);
    const kind = parseEntityRef(ref).kind.toLowerCase();
    if (!owner) {
      problem ??= { reason: 'owner-not-found', owner: ref };
    } else if (kind === 'group') {
      teams.add(ref);
    } else if (kind === 'user') {
      const groups = groupsOf(owner);
      if (groups.length === 1) {
        teams.add(groups[0]);
      } else {
        problem ??= groups.length
          ? { reason: 'owner-ambiguous', owner: ref, candidates: groups }
          : { reason: 'owner-not-a-group', owner: ref };
      }
    } else {
      problem ??= { reason: 'owner-not-a-group', owner: ref };
    }
  }
  if (teams.size === 1) {
    return { team: [...teams][0] };
  }
  return teams.size
    ? { reason: 'owner-ambiguous', candidates: [...teams] }
    : problem!;
}

import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import { ancestorsOf } from './ancestorsOf';
import { TeamGroup, TeamGroupStore } from './TeamGroupStore';
import { LimitVersionStore, TeamLimitStore } from './TeamLimitStore';

/** How often the catalog is asked where groups stand. */
const everySeconds = 60;

/** After so long another replica takes over from one that died. */
const leaseSeconds = 60;

/** Groups in one request to the catalog. */
const refsPerRequest = 200;

/** What the catalog says of a group. */
interface CatalogGroup {
  title?: string;
  parents: string[];
}

/**
 * Knows which groups stand above the teams, so that admission never asks the catalog.
 *
 * @remarks
 *
 * A team is known before its first task is stored, since the launch waits for {@link TeamHierarchy.ensure}; what changes
 * in the catalog later holds within a minute. A group that vanishes keeps its place below its last parents: the slots of
 * its tasks go on counting there.
 */
export class TeamHierarchy {
  readonly #options: TeamHierarchyOptions;

  private constructor(options: TeamHierarchyOptions) {
    this.#options = options;
  }

  static create(options: TeamHierarchyOptions): TeamHierarchy {
    return new TeamHierarchy(options);
  }

  /** Reads all groups anew, by one replica. */
  async round(): Promise<void> {
    const { rounds, groups, clock } = this.#options;
    const now = clock.now();
    const round = await rounds.claim({
      name: 'teams',
      now,
      leaseUntil: new Date(now.getTime() + leaseSeconds * 1000),
    });
    if (!round) {
      return;
    }
    let cursor = round.cursor;
    try {
      const noted = await groups.noteTasks({ after: round.cursor });
      await this.#refresh(noted.teams);
      cursor = noted.seen;
    } finally {
      await rounds.finish({
        round,
        dueAt: new Date(now.getTime() + everySeconds * 1000),
        cursor,
      });
    }
  }

  /**
   * Sees to it that teams are known, before they get tasks or limits.
   *
   * @returns those that the catalog does not have
   * @throws where the catalog does not answer: what limits hold could not be said
   */
  async ensure(options: {
    teams: readonly string[];
    hasTasks: boolean;
  }): Promise<string[]> {
    const { groups, tasks } = this.#options;
    const known = new Map(
      (await groups.list()).map(group => [group.ref, group]),
    );
    const wanted = [...new Set(options.teams)].filter(team => {
      const group = known.get(team);
      return !group || (options.hasTasks && !group.hasTasks);
    });
    if (!wanted.length) {
      return [];
    }
    const unknown = wanted.filter(team => !known.has(team));
    const catalog = await this.#readUpwards(unknown);
    const missing = unknown.filter(team => !catalog.get(team));
    const read = toGroups(catalog, known);
    const changed = [...read.values()]
      .filter(group => !known.has(group.ref))
      .concat(
        wanted.flatMap(team => {
          const group = known.get(team);
          return group ? [group] : [];
        }),
      )
      // A launch read its teams from the catalog a moment ago.
      .concat(options.hasTasks ? missing.map(unknownGroup) : [])
      .map(group => ({
        ...group,
        hasTasks:
          group.hasTasks || (options.hasTasks && wanted.includes(group.ref)),
      }));
    if (changed.length) {
      await tasks.transaction(tx => this.#write(tx, changed, []));
    }
    return missing;
  }

  /** A group with all above it, from what is known or else from the catalog; nothing is stored. */
  async lookUp(team: string): Promise<TeamGroup | undefined> {
    const known = await this.#options.groups.list();
    const stored = known.find(group => group.ref === team);
    if (stored) {
      return stored;
    }
    const catalog = await this.#readUpwards([team]);
    return toGroups(catalog, new Map()).get(team);
  }

  async #refresh(teamsWithTasks: readonly string[]): Promise<void> {
    const { groups, limits, tasks, logger, wakeups } = this.#options;
    const stored = new Map(
      (await groups.list()).map(group => [group.ref, group]),
    );
    const withTasks = new Set([
      ...teamsWithTasks,
      ...[...stored.values()]
        .filter(group => group.hasTasks)
        .map(group => group.ref),
    ]);
    const roots = new Set([
      ...withTasks,
      ...(await limits.list()).map(one => one.team),
    ]);
    const catalog = await this.#readUpwards(
      // Those above a group that is gone are still read.
      [...roots].flatMap(ref => [ref, ...(stored.get(ref)?.ancestors ?? [])]),
    );
    const read = toGroups(catalog, stored);
    const needed = new Set(
      [...roots].flatMap(ref => [ref, ...(read.get(ref)?.ancestors ?? [])]),
    );
    const now = [...needed].map(ref => ({
      ...(read.get(ref) ?? unknownGroup(ref)),
      hasTasks: withTasks.has(ref),
    }));
    const changed = now.filter(group => !isSame(group, stored.get(group.ref)));
    const idle = [...stored.keys()].filter(ref => !needed.has(ref));
    if (!changed.length && !idle.length) {
      return;
    }
    await tasks.transaction(tx => this.#write(tx, changed, idle));
    for (const group of changed) {
      if (group.gone && stored.get(group.ref)?.gone === false) {
        logger.warn(
          `The group ${group.ref} is no longer in the catalog. Its tasks keep their slots and its limits hold on; new launches leave out what it owned.`,
        );
      }
    }
    wakeups.wake('admission');
  }

  async #write(
    tx: Transaction,
    changed: readonly TeamGroup[],
    idle: readonly string[],
  ): Promise<void> {
    const { groups, version } = this.#options;
    await groups.put(tx, changed);
    await groups.remove(tx, idle);
    await version.increase(tx);
  }

  /** Reads groups and all above them, level by level. `undefined`: the catalog does not have it. */
  async #readUpwards(
    refs: readonly string[],
  ): Promise<Map<string, CatalogGroup | undefined>> {
    const { catalog, auth } = this.#options;
    const found = new Map<string, CatalogGroup | undefined>();
    let level = [...new Set(refs)];
    while (level.length) {
      const credentials = await auth.getOwnServiceCredentials();
      const above = new Set<string>();
      for (let start = 0; start < level.length; start += refsPerRequest) {
        const entityRefs = level.slice(start, start + refsPerRequest);
        const { items } = await catalog.getEntitiesByRefs(
          {
            entityRefs,
            fields: [
              'kind',
              'metadata.name',
              'metadata.namespace',
              'metadata.title',
              'spec.profile.displayName',
              'relations',
            ],
          },
          { credentials },
        );
        entityRefs.forEach((ref, index) => {
          const group = toCatalogGroup(items[index]);
          found.set(ref, group);
          group?.parents.forEach(parent => above.add(parent));
        });
      }
      level = [...above].filter(ref => !found.has(ref));
    }
    return found;
  }
}

/** Groups as the catalog has them; those that it does not have stay as they were, and are gone. */
function toGroups(
  catalog: ReadonlyMap<string, CatalogGroup | undefined>,
  stored: ReadonlyMap<string, TeamGroup>,
): Map<string, TeamGroup> {
  const parentsOf = (ref: string) =>
    catalog.get(ref)?.parents ?? stored.get(ref)?.parents ?? [];
  const groups = new Map<string, TeamGroup>();
  for (const [ref, group] of catalog) {
    const before = stored.get(ref);
    if (group || before) {
      const title = group ? group.title : before?.title;
      groups.set(ref, {
        ref,
        ...(title !== undefined && { title }),
        parents: parentsOf(ref),
        ancestors: ancestorsOf(ref, parentsOf),
        hasTasks: before?.hasTasks ?? false,
        gone: !group,
      });
    }
  }
  return groups;
}

/** A group that has tasks, and that the catalog has not had since. */
function unknownGroup(ref: string): TeamGroup {
  return { ref, parents: [], ancestors: [], hasTasks: false, gone: true };
}

function toCatalogGroup(entity: Entity | undefined): CatalogGroup | undefined {
  if (!entity) {
    return undefined;
  }
  const profile = entity.spec?.profile as { displayName?: unknown } | undefined;
  const title = profile?.displayName ?? entity.metadata.title;
  return {
    ...(typeof title === 'string' && { title }),
    parents: [
      ...new Set(
        (entity.relations ?? [])
          .filter(relation => relation.type === RELATION_CHILD_OF)
          .map(relation =>
            stringifyEntityRef(parseEntityRef(relation.targetRef)),
          ),
      ),
    ],
  };
}

function isSame(a: TeamGroup, b: TeamGroup | undefined): boolean {
  return (
    b !== undefined &&
    a.title === b.title &&
    a.hasTasks === b.hasTasks &&
    a.gone === b.gone &&
    a.parents.join(' ') === b.parents.join(' ') &&
    a.ancestors.join(' ') === b.ancestors.join(' ')
  );
}

export interface TeamHierarchyOptions {
  catalog: CatalogService;
  auth: AuthService;
  groups: TeamGroupStore;
  limits: TeamLimitStore;
  version: LimitVersionStore;
  tasks: {
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  };
  rounds: RoundStore;
  clock: Clock;
  wakeups: Wakeups;
  logger: LoggerService;
}

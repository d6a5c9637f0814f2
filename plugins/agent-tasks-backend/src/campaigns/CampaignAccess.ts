import {
  agentTaskApprovePermission,
  agentTaskCancelPermission,
  agentTaskReadPermission,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  findPermittedTasks,
  PermittedTasks,
  permits,
  TaskPermission,
} from '../permissions/permittedTasks';
import { matchesTaskFilter, TaskFilter } from '../queue/TaskFilter';
import { CampaignStore } from './CampaignStore';

/** Whose a task is. */
interface Owner {
  team: string;
  requester: string;
}

/**
 * Says what callers may do with campaigns. What holds for a campaign holds for all of its tasks: who may not see one of
 * them may not see it, and who may not cancel one of them cancels the others one by one.
 */
export class CampaignAccess {
  readonly #campaigns: Pick<CampaignStore, 'listOwners'>;
  readonly #permissions: PermissionsService;

  private constructor(options: {
    campaigns: Pick<CampaignStore, 'listOwners'>;
    permissions: PermissionsService;
  }) {
    this.#campaigns = options.campaigns;
    this.#permissions = options.permissions;
  }

  static create(options: {
    campaigns: Pick<CampaignStore, 'listOwners'>;
    permissions: PermissionsService;
  }): CampaignAccess {
    return new CampaignAccess(options);
  }

  /**
   * The tasks that the caller may see; `undefined`: all.
   *
   * @throws NotAllowedError
   */
  async visible(
    credentials: BackstageCredentials,
  ): Promise<TaskFilter | undefined> {
    const permitted = await this.permitted(
      agentTaskReadPermission,
      credentials,
    );
    if (permitted === 'none') {
      throw notAllowed(agentTaskReadPermission, 'see campaigns');
    }
    return permitted === 'all' ? undefined : permitted;
  }

  /**
   * One that may not be seen is answered like one that does not exist.
   *
   * @throws NotAllowedError, NotFoundError
   */
  async requireVisible(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<Owner[]> {
    const visible = await this.visible(credentials);
    const owners = await this.#campaigns.listOwners(id);
    if (
      !owners.length ||
      (visible && !owners.every(one => matchesTaskFilter(one, visible)))
    ) {
      throw new NotFoundError(`There is no campaign '${id}'.`);
    }
    return owners;
  }

  /** @throws NotAllowedError, NotFoundError */
  async require(
    id: string,
    options: {
      permission:
        typeof agentTaskCancelPermission | typeof agentTaskApprovePermission;
      credentials: BackstageCredentials;
      /** Such as `pause this campaign`. */
      what: string;
    },
  ): Promise<void> {
    const { permission, credentials, what } = options;
    const owners = await this.requireVisible(id, credentials);
    if (!covers(await this.permitted(permission, credentials), owners)) {
      throw notAllowed(permission, what);
    }
  }

  /** What the caller may do with the whole of a campaign. */
  async can(
    owners: readonly Owner[],
    credentials: BackstageCredentials,
  ): Promise<{ cancel: boolean; approve: boolean; create: boolean }> {
    const [cancel, approve] = await Promise.all(
      [agentTaskCancelPermission, agentTaskApprovePermission].map(
        async permission =>
          covers(await this.permitted(permission, credentials), owners),
      ),
    );
    return { cancel, approve, create: cancel };
  }

  async permitted(
    permission: TaskPermission,
    credentials: BackstageCredentials,
  ): Promise<PermittedTasks> {
    const permissions = this.#permissions;
    return findPermittedTasks({ permissions, permission, credentials });
  }
}

/** Whether somebody may do something with all of them. */
export function covers(
  permitted: PermittedTasks,
  owners: readonly Owner[],
): boolean {
  return owners.every(one => permits(permitted, one));
}

export function notAllowed(
  permission: { name: string },
  what: string,
): NotAllowedError {
  return new NotAllowedError(
    `You may not ${what}. A platform admin can grant the permission ${permission.name}.`,
  );
}

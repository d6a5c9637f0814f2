import {
  agentTaskCreatePermission,
  agentTaskTriggerManagePermission,
  agentTaskTriggerReadPermission,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { StoredTrigger } from './TriggerStore';

/** Which triggers a caller may make and change. */
export interface ManagedTriggers {
  /** Whether there is any. */
  some: boolean;
  covers(trigger: Pick<StoredTrigger, 'owner' | 'scope'>): boolean;
}

/**
 * Says who may do what with triggers: a trigger may launch no more than who made it may, so that making one is no way
 * around the permission to launch.
 */
export class TriggerAccess {
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService | undefined;

  private constructor(options: TriggerAccessOptions) {
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  static create(options: TriggerAccessOptions): TriggerAccess {
    return new TriggerAccess(options);
  }

  /** @throws NotAllowedError */
  async requireRead(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: agentTaskTriggerReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see triggers. A platform admin can grant the permission ${agentTaskTriggerReadPermission.name}.`,
      );
    }
  }

  async managed(credentials: BackstageCredentials): Promise<ManagedTriggers> {
    const [manage] = await this.#permissions.authorize(
      [{ permission: agentTaskTriggerManagePermission }],
      { credentials },
    );
    if (manage.result !== AuthorizeResult.ALLOW) {
      return { some: false, covers: () => false };
    }
    const [create] = await this.#permissions.authorizeConditional(
      [{ permission: agentTaskCreatePermission }],
      { credentials },
    );
    if (create.result === AuthorizeResult.ALLOW) {
      return { some: true, covers: () => true };
    }
    const groups =
      create.result === AuthorizeResult.CONDITIONAL
        ? await this.#groupsOf(credentials)
        : [];
    return {
      some: groups.length > 0,
      covers: ({ owner, scope }) => scope === 'owned' && groups.includes(owner),
    };
  }

  /** @throws NotAllowedError */
  async requireManage(
    credentials: BackstageCredentials,
    trigger: Pick<StoredTrigger, 'owner' | 'scope'>,
  ): Promise<void> {
    const managed = await this.managed(credentials);
    if (!managed.covers(trigger)) {
      throw new NotAllowedError(
        `You may not make or change triggers ${
          trigger.scope === 'all'
            ? 'that launch on every component'
            : `of ${trigger.owner}`
        }. It needs the permission ${agentTaskTriggerManagePermission.name}, and to be able to launch on the same components.`,
      );
    }
  }

  async #groupsOf(credentials: BackstageCredentials): Promise<string[]> {
    const { type } = credentials.principal as BackstageUserPrincipal;
    if (type !== 'user' || !this.#userInfo) {
      return [];
    }
    const { ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    return ownershipEntityRefs.filter(ref => ref.startsWith('group:'));
  }
}

export interface TriggerAccessOptions {
  permissions: PermissionsService;
  /** Absent: nobody is in a group. */
  userInfo?: UserInfoService;
}

import {
  agentTaskTemplateReadPermission,
  Status,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Clock } from '../loops/Clock';
import { portalKey } from '../policy/slots';
import { TaskStore } from '../queue/TaskStore';
import { Remotes } from './Remotes';

/** Tells whether remotes answer, and how full the queue is. */
export class StatusService {
  readonly #remotes: Remotes;
  readonly #tasks: TaskStore;
  readonly #permissions: PermissionsService;
  readonly #runningMax: number;
  readonly #clock: Clock;

  private constructor(options: StatusServiceOptions) {
    this.#remotes = options.remotes;
    this.#tasks = options.tasks;
    this.#permissions = options.permissions;
    this.#runningMax = options.runningMax;
    this.#clock = options.clock;
  }

  static create(options: StatusServiceOptions): StatusService {
    return new StatusService(options);
  }

  async get(options: { credentials: BackstageCredentials }): Promise<Status> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: agentTaskTemplateReadPermission }],
      { credentials: options.credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see the status of agent tasks. A platform admin can grant the permission ${agentTaskTemplateReadPermission.name}.`,
      );
    }
    const [health, queued, counts] = await Promise.all([
      this.#remotes.store().getAll(),
      this.#tasks.countQueued(),
      this.#tasks.readCounts(this.#clock.now()),
    ]);
    const describe = (
      role: 'provider' | 'code-host',
      { id, title }: { id: string; title: string },
    ): Status['remotes'][number] => {
      const known = health.get(`${role}:${id}`);
      return {
        id,
        title,
        role,
        state: known?.state ?? 'unknown',
        ...(known && { since: known.since.toISOString() }),
        ...(known?.message && { message: known.message }),
      };
    };
    return {
      remotes: [
        ...this.#remotes.providers.map(one => describe('provider', one)),
        ...this.#remotes.codeHosts.map(one => describe('code-host', one)),
      ],
      queue: {
        queued,
        running: counts.taken.get(portalKey) ?? 0,
        limit: this.#runningMax,
      },
    };
  }
}

export interface StatusServiceOptions {
  remotes: Remotes;
  tasks: TaskStore;
  permissions: PermissionsService;
  /** Run slots of the portal. */
  runningMax: number;
  clock: Clock;
}

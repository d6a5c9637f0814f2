import {
  agentTaskAuditReadPermission,
  AuditEventList,
  AuditQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { AuditReader } from './AuditReader';

/** Shows all that happened, to those who may read the audit. */
export class AuditService {
  readonly #reader: AuditReader;
  readonly #permissions: PermissionsService;

  private constructor(options: {
    reader: AuditReader;
    permissions: PermissionsService;
  }) {
    this.#reader = options.reader;
    this.#permissions = options.permissions;
  }

  static create(options: {
    reader: AuditReader;
    permissions: PermissionsService;
  }): AuditService {
    return new AuditService(options);
  }

  async list(options: {
    credentials: BackstageCredentials;
    query: AuditQuery & { limit: number };
  }): Promise<AuditEventList> {
    const { credentials, query } = options;
    const [decision] = await this.#permissions.authorize(
      [{ permission: agentTaskAuditReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not read the audit. A platform admin can grant the permission ${agentTaskAuditReadPermission.name}.`,
      );
    }
    const { limit, cursor, from, to, ...filter } = query;
    if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) {
      throw new InputError(
        "The 'cursor' is not one that this list returned. Leave it out to begin with the first page.",
      );
    }
    const { events, next } = await this.#reader.list({
      filter: {
        ...filter,
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
      },
      limit,
      before: cursor,
    });
    return { items: events, ...(next && { nextCursor: next }) };
  }
}

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';
import { Portal } from '../startPortal';

/** A service token, with what it is restricted to. */
interface ServiceToken {
  token: string;
  config: JsonObject;
}

function serviceToken(
  subject: string,
  accessRestrictions?: JsonObject[],
): ServiceToken {
  const token = randomBytes(24).toString('hex');
  return {
    token,
    config: {
      type: 'static',
      options: { token, subject },
      ...(accessRestrictions && { accessRestrictions }),
    },
  };
}

/** Everyone who calls in the test, and how the portal knows them. */
export class Cast {
  readonly #service = serviceToken('matrix-service');
  readonly #ci = serviceToken('matrix-ci', [
    {
      plugin: 'agent-tasks',
      permission: [
        'agent-tasks.task.create',
        'agent-tasks.task.read',
        'agent-tasks.template.read',
      ],
    },
  ]);
  readonly #other = serviceToken('matrix-other', [{ plugin: 'catalog' }]);
  readonly #folder = mkdtempSync(join(tmpdir(), 'agent-tasks-cast-'));
  readonly #tokens = new Map<string, string | undefined>();

  private constructor() {
    writeFileSync(
      this.roleless,
      stringify({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'nora', namespace: 'default' },
        spec: { profile: {}, memberOf: ['team-payments'] },
      }),
    );
  }

  static create(): Cast {
    return new Cast();
  }

  /** A file of the catalog with a user that has no role. */
  get roleless(): string {
    return join(this.#folder, 'nora.yaml');
  }

  /** Settings below `backend`. */
  get backend(): JsonObject {
    return {
      auth: {
        externalAccess: [
          this.#service.config,
          this.#ci.config,
          this.#other.config,
        ],
      },
    };
  }

  async signIn(portal: Portal): Promise<void> {
    const tokenOf = async (user: string) => (await portal.signIn(user)).token;
    this.#tokens
      .set('nobody', undefined)
      .set('no role', await tokenOf('nora'))
      .set('developer', await tokenOf('dana'))
      .set('lead', await tokenOf('lee'))
      .set('admin', await tokenOf('ada'))
      .set('service', this.#service.token)
      .set('CI token', this.#ci.token)
      .set('other token', this.#other.token);
  }

  /** Their bearer token; nobody has none. */
  tokenOf(persona: string): string | undefined {
    if (!this.#tokens.has(persona)) {
      throw new Error(`There is nobody called '${persona}'.`);
    }
    return this.#tokens.get(persona);
  }

  leave(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

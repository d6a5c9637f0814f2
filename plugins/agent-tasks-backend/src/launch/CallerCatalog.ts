import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** What a launch asks of the catalog. */
export type ComponentCatalog = Pick<
  CatalogService,
  'getEntitiesByRefs' | 'queryEntities'
>;

/**
 * The catalog as the caller of a launch sees it. Users see what the catalog's own permissions show them. Services have none
 * there, and a token that is restricted to launching may not be passed on to the catalog: for them it is read as the plugin,
 * and what they may launch on is the permission to launch alone.
 */
export class CallerCatalog implements ComponentCatalog {
  readonly #catalog: ComponentCatalog;
  readonly #auth: Pick<AuthService, 'isPrincipal' | 'getOwnServiceCredentials'>;

  private constructor(options: CallerCatalogOptions) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  static create(options: CallerCatalogOptions): CallerCatalog {
    return new CallerCatalog(options);
  }

  async getEntitiesByRefs(
    ...[request, options]: Parameters<ComponentCatalog['getEntitiesByRefs']>
  ) {
    return this.#catalog.getEntitiesByRefs(request, {
      ...options,
      credentials: await this.#readerFor(options.credentials),
    });
  }

  async queryEntities(
    ...[request, options]: Parameters<ComponentCatalog['queryEntities']>
  ) {
    return this.#catalog.queryEntities(request, {
      ...options,
      credentials: await this.#readerFor(options.credentials),
    });
  }

  async #readerFor(
    credentials: BackstageCredentials,
  ): Promise<BackstageCredentials> {
    return this.#auth.isPrincipal(credentials, 'service')
      ? this.#auth.getOwnServiceCredentials()
      : credentials;
  }
}

export interface CallerCatalogOptions {
  catalog: ComponentCatalog;
  auth: Pick<AuthService, 'isPrincipal' | 'getOwnServiceCredentials'>;
}

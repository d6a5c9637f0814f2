import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

/** What a backend of a bench is started with. */
export interface BackendSetup {
  /** The whole configuration; app-config.yaml is not read. */
  config: JsonObject;
  /** The catalog, which does not change. */
  entities: Entity[];
  /** Whether it takes GitHub's webhooks. */
  webhooks: boolean;
}

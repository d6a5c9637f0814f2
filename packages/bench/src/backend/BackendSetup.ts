import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { InstantReader, InstantSetup } from '../instant/InstantSetup';

/** What a backend of a bench is started with. */
export interface BackendSetup {
  /** The whole configuration; app-config.yaml is not read. */
  config: JsonObject;
  /** The catalog, which does not change. */
  entities: Entity[];
  /** Whether it takes GitHub's webhooks. */
  webhooks: boolean;
  /** The agent and the code host that take the place of GitHub. */
  instant?: InstantSetup;
  /** Who may see a part of the tasks alone. */
  readers?: InstantReader[];
}

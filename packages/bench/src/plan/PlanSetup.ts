import { JsonObject } from '@backstage/types';

/** What the backend of the bench is started with. */
export interface PlanSetup {
  /** The whole configuration; app-config.yaml is not read. */
  config: JsonObject;
  /** Entity refs of the groups on whose components tasks may be launched. */
  claims: string[];
}

import { Agent } from './agent/Agent';
import { Authenticator } from './auth/Authenticator';
import { CiRunner } from './ci/CiRunner';
import { SimulatorClock } from './clock/SimulatorClock';
import { Counters } from './counters/Counters';
import { FaultInjector } from './faults/FaultInjector';
import { RateLimiter } from './limits/RateLimiter';
import { WebhookDelivery, World } from './state';

/** What the doors of the simulator (REST, GraphQL, pages, webhooks) share. @public */
export interface SimulatorContext {
  world: World;
  clock: SimulatorClock;
  /** Tells who makes a request, and what they may do. */
  auth: Authenticator;
  agent: Agent;
  ci: CiRunner;
  limits: RateLimiter;
  faults: FaultInjector;
  counters: Counters;
  /** Sends a webhook again; the new delivery is in the log when this resolves. */
  redeliver(delivery: WebhookDelivery): Promise<WebhookDelivery>;
  /** Known once the server listens; without a slash at the end. */
  urls: {
    /** Web pages. */
    html: string;
    /** REST. */
    api: string;
    graphql: string;
  };
}

import { Agent } from './agent/Agent';
import { Authenticator } from './auth/Authenticator';
import { SimulatorClock } from './clock/SimulatorClock';
import { Counters } from './counters/Counters';
import { FaultInjector } from './faults/FaultInjector';
import { World } from './state';

/** What the doors of the simulator (REST, GraphQL, pages, webhooks) share. @public */
export interface SimulatorContext {
  world: World;
  clock: SimulatorClock;
  /** Tells who makes a request, and what they may do. */
  auth: Authenticator;
  agent: Agent;
  faults: FaultInjector;
  counters: Counters;
  /** Known once the server listens; without a slash at the end. */
  urls: {
    /** Web pages. */
    html: string;
    /** REST. */
    api: string;
    graphql: string;
  };
}

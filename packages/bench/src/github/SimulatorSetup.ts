import { AgentOptions, SimulatorSeed } from '@agent-tasks/github-simulator';

/** What a simulator in a process of its own is started with. */
export interface SimulatorSetup {
  port: number;
  seed: SimulatorSeed;
  random: number;
  agent: Partial<AgentOptions>;
  /** GitHub's own; false switches them off. */
  limits?: false;
  /** People who review and merge what is ready, so many seconds after it became ready. */
  reviewSeconds: { min: number; max: number };
}

import { SimulatorSetup } from '../github/SimulatorSetup';

/** What the simulator of this bench is started with. */
export interface WatchedWorldSetup extends SimulatorSetup {
  /** Takes a line for each thing that happened: see `Truth`. */
  truthFile: string;
  /** Commits that people push to pull requests of agents at work, a minute. */
  pushesPerMinute: number;
}

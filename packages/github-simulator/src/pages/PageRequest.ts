import { Account } from '../state';
import { SimulatorContext } from '../SimulatorContext';

/** What a page knows of its visitor. */
export interface PageRequest {
  simulator: SimulatorContext;
  /** Who the visitor chose to be. */
  persona?: Account;
  /** All that one can be. */
  personas: Account[];
  /** The address of the page, from the root. */
  path: string;
  /** What the last action of this visitor led to. */
  notice?: { text: string; bad: boolean };
}

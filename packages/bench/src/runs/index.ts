import { benchRequests } from './benchRequests';
import { benchStart } from './benchStart';
import { drillLimits } from './drillLimits';
import { drillStart } from './drillStart';
import { Run } from './Run';

/** All benchmarks and drills. */
export const runs: readonly Run[] = [
  benchRequests,
  benchStart,
  drillLimits,
  drillStart,
];

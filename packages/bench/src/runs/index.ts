import { benchRequests } from './benchRequests';
import { benchStart } from './benchStart';
import { drillCrash } from './drillCrash';
import { drillLimits } from './drillLimits';
import { drillStart } from './drillStart';
import { Run } from './Run';

/** All benchmarks and drills. */
export const runs: readonly Run[] = [
  benchRequests,
  benchStart,
  drillCrash,
  drillLimits,
  drillStart,
];

import { benchLists } from './benchLists';
import { benchQueue } from './benchQueue';
import { benchRequests } from './benchRequests';
import { benchStart } from './benchStart';
import { drillCrash } from './drillCrash';
import { drillLimits } from './drillLimits';
import { drillReplay } from './drillReplay';
import { drillStart } from './drillStart';
import { Run } from './Run';

/** All benchmarks and drills. */
export const runs: readonly Run[] = [
  benchLists,
  benchQueue,
  benchRequests,
  benchStart,
  drillCrash,
  drillLimits,
  drillReplay,
  drillStart,
];

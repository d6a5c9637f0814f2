import { benchEditor } from './benchEditor';
import { benchLaunch } from './benchLaunch';
import { benchLists } from './benchLists';
import { benchPlan } from './benchPlan';
import { benchQueue } from './benchQueue';
import { benchQueueScale } from './benchQueueScale';
import { benchRequests } from './benchRequests';
import { benchStart } from './benchStart';
import { benchWakeup } from './benchWakeup';
import { benchWatch } from './benchWatch';
import { drillCrash } from './drillCrash';
import { drillFairness } from './drillFairness';
import { drillLanes } from './drillLanes';
import { drillLimits } from './drillLimits';
import { drillReplay } from './drillReplay';
import { drillStart } from './drillStart';
import { Run } from './Run';

/** All benchmarks and drills. */
export const runs: readonly Run[] = [
  benchEditor,
  benchLaunch,
  benchLists,
  benchPlan,
  benchQueue,
  benchQueueScale,
  benchRequests,
  benchStart,
  benchWakeup,
  benchWatch,
  drillCrash,
  drillFairness,
  drillLanes,
  drillLimits,
  drillReplay,
  drillStart,
];

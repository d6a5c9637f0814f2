import { drillStart } from './drillStart';
import { Run } from './Run';

/** All benchmarks and drills. */
export const runs: readonly Run[] = [drillStart];

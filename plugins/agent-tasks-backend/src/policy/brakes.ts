/** What a brake holds back. */
export interface BrakeTarget {
  scope: 'portal' | 'provider' | 'template' | 'campaign' | 'team';
  /** Absent for the portal. */
  subject?: string;
}

/** The properties of a task that brakes look at. */
export interface BrakedTask {
  provider: string;
  template: string;
  /** Id of the campaign; absent while it is only planned. */
  campaign?: string;
  team: string;
}

/** Whether a brake holds a task back. */
export function holdsBack(brake: BrakeTarget, task: BrakedTask): boolean {
  return brake.scope === 'portal' || task[brake.scope] === brake.subject;
}

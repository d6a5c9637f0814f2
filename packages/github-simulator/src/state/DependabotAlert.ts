/** A vulnerability that GitHub found in what a repository depends on. @public */
export interface DependabotAlert {
  /** 1, 2, 3, … in its repository. */
  number: number;
  state: 'open' | 'fixed';
  /** Name of the package, as its registry has it. */
  package: string;
  ecosystem: string;
  manifestPath: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  /** The first version without the vulnerability. */
  patchedVersion: string;
  createdAt: number;
  updatedAt: number;
}

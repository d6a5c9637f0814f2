/** Whether a provider or code host answers. */
export interface RemoteHealth {
  state: 'available' | 'unavailable';
  since: Date;
  /** What failed and what to do, where it is unavailable. */
  message?: string;
}

/** What is known of the health of remotes, shared by all replicas. */
export interface RemoteStore {
  /** True: this is news. */
  markAvailable(id: string, at: Date): Promise<boolean>;
  /** True: this is news. */
  markUnavailable(id: string, message: string, at: Date): Promise<boolean>;
  getAll(): Promise<Map<string, RemoteHealth>>;
}

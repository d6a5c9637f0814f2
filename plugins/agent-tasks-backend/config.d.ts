export interface Config {
  /**
   * Settings of Agent Tasks. Keys that are not named here, or in the `config.d.ts` of an installed module, stop the
   * start.
   */
  agentTasks?: {
    limits?: {
      /**
       * How many tasks may run at once in the whole portal. 0 starts nothing. Default: 5.
       */
      running?: number;
      /**
       * Limits of each repository.
       */
      repository?: {
        /**
         * How many tasks may run at once on one repository. Default: 1.
         */
        running?: number;
        /**
         * How many changes of one repository may be open or under way at once. Default: 3.
         */
        openChanges?: number;
      };
      /**
       * Limits of each team.
       */
      team?: {
        /**
         * How many tasks of one team may run at once. Default: 10.
         */
        running?: number;
        /**
         * The team's review budget: how many changes may be open or under way at once. A task takes its place in it when
         * it is admitted, and keeps it until its change is merged or closed. Default: 10.
         */
        openChanges?: number;
      };
    };
    starts?: {
      /**
       * How long a request that starts a task may take, in seconds. Default: 30.
       */
      requestTimeoutSeconds?: number;
      /**
       * How long a start request that got no answer may still take effect, in seconds. Only a search of the provider
       * that began later proves that nothing was started, and only then is the request sent again. Not less than
       * `requestTimeoutSeconds`. Default: 120.
       */
      settleSeconds?: number;
      /**
       * After how long a start that could not be decided is shown to a person, in seconds. Default: 900.
       */
      decideSeconds?: number;
    };
    watch?: {
      /**
       * How often a provider is asked what changed while tasks run there, in seconds: one request, however many run.
       * Default: 15.
       */
      tasksSeconds?: number;
      /**
       * How often an open pull request is read while no webhook tells of it, in seconds: one request per hundred.
       * Default: 60.
       */
      changesSeconds?: number;
      /**
       * A running task that the provider has not named for this long is read by itself, in seconds. Default: 600.
       */
      unseenSeconds?: number;
    };
  };
}

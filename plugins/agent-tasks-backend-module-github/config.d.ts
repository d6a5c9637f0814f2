export interface Config {
  agentTasks?: {
    /**
     * GitHub: where Copilot's cloud agent runs the tasks, and where their pull requests live.
     */
    github?: {
      /**
       * The host in the web addresses of repositories, as it stands in catalog annotations. Default: `github.com`.
       */
      host?: string;
      /**
       * The address of the REST API, without a slash at its end. Default for `github.com`: `https://api.github.com`;
       * needed for any other host. Plain `http` is taken for this machine alone (`localhost`), since tokens are sent.
       */
      apiBaseUrl?: string;
      /**
       * The credential that starts and reads tasks. GitHub refuses the tokens of Apps for that.
       */
      starter: {
        /**
         * A fine-grained personal access token of a machine user, with the permission `Agent tasks: read and write`
         * for the repositories in which tasks may run.
         *
         * @visibility secret
         */
        token: string;
      };
      /**
       * The GitHub App whose tokens read and change pull requests. A token is made for each kind of call, for the
       * repositories of that call, with the least permissions.
       */
      app: {
        /**
         * The App's id, as its settings page shows it.
         */
        appId: number | string;
        /**
         * The App's private key in PEM format. Either this or `privateKeyFile`.
         *
         * @visibility secret
         */
        privateKey?: string;
        /**
         * The path of a file that holds the App's private key in PEM format; a relative one counts from the working
         * directory of the backend. It is read when it is first needed, and again after GitHub refused the key.
         */
        privateKeyFile?: string;
        /**
         * The id of the App's installation, where it has but one. Default: it is looked up for each owner.
         */
        installationId?: number | string;
      };
    };
  };
}

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // A bench runs a backend of its own, and so is the one library that may have plugins in it.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      {
        excludedTargetPackages: ['@agent-tasks/plugin-agent-tasks-backend'],
      },
    ],
    // What is measured is often one part of the backend, which it does not offer to others.
    '@backstage/no-forbidden-package-imports': 'off',
  },
  overrides: [
    {
      // The queues that it compares with are for development alone, like the whole package.
      files: ['src/queue/*Peer.ts', 'src/launch/GraphileWorkerJobs.ts'],
      rules: { '@backstage/no-undeclared-imports': 'off' },
    },
  ],
});

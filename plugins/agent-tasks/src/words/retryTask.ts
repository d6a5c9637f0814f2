/** Words of the dialog that tries a task again. */
export const retryTaskMessages = {
  action: 'Try this task again…',
  title: 'Try this task again?',
  will: {
    start_anew:
      'It goes back to the queue. When it is admitted, attempt {{attempt}} begins anew, with the same prompt and what the last attempt reported.',
    continue_change:
      'It goes back to the queue. When it is admitted, attempt {{attempt}} goes on in the pull request that is open; until the agent is done that is a draft, and no second one is opened.',
    close_change:
      'The pull request that is open is closed now and its branch deleted, since the agent cannot go on in it. The task goes back to the queue, and when it is admitted attempt {{attempt}} begins anew.',
  },
  slots:
    'It takes its slots anew, one of the launches of its team for the day among them.',
  change: 'Pull request {{name}}',
  unnumbered: 'open now',
  warning: 'Not certain of the attempts before: {{text}}',
  reasonHelp: 'Shown to everyone who sees the task.',
  confirm: 'Try it again',
  keep: 'Leave it',
  failed: 'The task is not tried again: {{message}}',
} as const;

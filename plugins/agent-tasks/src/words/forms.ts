/** Words that dialogs with a reason or a pause share. */
export const formMessages = {
  reason: 'Reason',
  pauseFailed: 'It was not paused: {{message}}',
} as const;

/** Words that all charts share. */
export const chartMessages = {
  asTable: 'Show as a table',
  asChart: 'Show as a chart',
  loading: 'The chart is being loaded…',
  failed: 'The chart could not be loaded; here is what it shows.',
  time: 'Time',
  now: 'now',
  total: 'Total',
} as const;

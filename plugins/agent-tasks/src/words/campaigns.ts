/** Words of the list of campaigns and of the page of one. */
export const campaignMessages = {
  heading: 'Campaigns',
} as const;

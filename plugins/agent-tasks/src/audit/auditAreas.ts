/** What events can be about: their types begin with it. */
export const auditAreas = [
  'campaign',
  'task',
  'start',
  'change',
  'team',
  'limits',
  'brake',
  'template',
  'trigger',
  'account',
] as const;

/** What events can be about. */
export type AuditArea = (typeof auditAreas)[number];

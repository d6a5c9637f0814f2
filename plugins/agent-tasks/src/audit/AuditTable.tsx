import type { AuditEvent } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { ActorName } from '../links/ActorName';
import { CampaignLink } from '../links/CampaignLink';
import { EntityLink } from '../links/EntityLink';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { TeamLink } from '../links/TeamLink';
import { cell, rowGroup } from '../tables/tableRoles';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const columns = ['at', 'actor', 'what', 'subject'] as const;

const useStyles = makeStyles(
  theme => ({
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: theme.typography.body2.fontSize,
      '& th': {
        textAlign: 'left',
        height: 40,
        fontSize: theme.typography.caption.fontSize,
        fontWeight: 600,
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& td': { verticalAlign: 'top', overflowWrap: 'anywhere' },
      '& th, & td': {
        padding: theme.spacing(1, 1.25),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& tbody tr:last-child td': { borderBottom: 0 },
      '& tbody tr:hover': { backgroundColor: theme.palette.action.hover },
      '& [data-column=at]': { whiteSpace: 'nowrap', width: 1 },
      '& [data-column=actor]': { minWidth: 130 },
      '& [data-column=subject]': { minWidth: 170 },
      [theme.breakpoints.down('xs')]: {
        display: 'block',
        '& thead': {
          position: 'absolute',
          width: 1,
          height: 1,
          overflow: 'hidden',
          clip: 'rect(0 0 0 0)',
        },
        '& tbody': { display: 'block' },
        '& tbody tr': {
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) auto',
          gridTemplateAreas: `"actor at" "what what" "subject subject"`,
          gap: theme.spacing(0.25, 2),
          padding: theme.spacing(1.25, 1.5),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
        '& tbody tr:last-child': { borderBottom: 0 },
        '& td': { border: 0, padding: 0, minWidth: 0 },
        '& [data-column=at]': { width: 'auto' },
      },
    },
    stale: { opacity: 0.55 },
    type: {
      display: 'block',
      fontFamily: 'monospace',
      fontSize: theme.typography.caption.fontSize,
      color: theme.palette.text.secondary,
    },
    muted: { color: theme.palette.text.secondary },
    links: {
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(1.5),
    },
  }),
  { name: 'AgentTasksAuditTable' },
);

/** Events in rows: when, who, what, and links to what it happened to. */
export function AuditTable(props: {
  events: AuditEvent[];
  /** The rows answer an earlier question; the new ones are on their way. */
  isStale?: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  return (
    <Paper variant="outlined">
      <table
        role="table"
        aria-label={t('audit.table')}
        aria-busy={props.isStale ?? false}
        className={classNames(classes.table, {
          [classes.stale]: props.isStale,
        })}
      >
        <thead {...rowGroup}>
          <tr role="row">
            {columns.map(column => (
              <th key={column} role="columnheader" scope="col">
                {t(`audit.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...rowGroup}>
          {props.events.map(event => (
            <tr key={event.id} role="row">
              {columns.map(column => (
                <td
                  key={column}
                  {...cell}
                  data-column={column}
                  style={{ gridArea: column }}
                >
                  <AuditCell event={event} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

function AuditCell(props: {
  event: AuditEvent;
  column: (typeof columns)[number];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { event } = props;
  switch (props.column) {
    case 'at':
      return <RelativeTime at={event.at} />;
    case 'actor':
      return (
        <>
          <ActorName actor={event.actor} />
          {event.owner && (
            <span className={classes.muted}>
              , {t('audit.ownedBy')} <EntityLink entityRef={event.owner} />
            </span>
          )}
        </>
      );
    case 'what':
      return (
        <>
          {event.message}
          <span className={classes.type}>{event.type}</span>
        </>
      );
    default:
      return (
        <span className={classes.links}>
          {event.taskId && (
            <TaskLink taskId={event.taskId}>
              {event.repository
                ? repositoryName({ repositoryRef: event.repository })
                : event.taskId}
            </TaskLink>
          )}
          {event.campaignId && (
            <CampaignLink campaignId={event.campaignId}>
              {t('audit.campaignLink')}
            </CampaignLink>
          )}
          {event.team && <TeamLink team={event.team} />}
        </span>
      );
  }
}

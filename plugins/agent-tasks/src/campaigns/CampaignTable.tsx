import type { CampaignSummary } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { ActorName } from '../links/ActorName';
import { CampaignLink } from '../links/CampaignLink';
import { rowGroup } from '../tables/tableRoles';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { countParts } from './campaignProgress';
import { CampaignStateLabel } from './CampaignStateLabel';
import { PartBar } from './PartBar';

const columns = [
  'state',
  'campaign',
  'progress',
  'wave',
  'requester',
  'created',
] as const;

const useStyles = makeStyles(
  theme => ({
    frame: { overflowX: 'auto' },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      '& th': {
        fontSize: theme.typography.caption.fontSize,
        fontWeight: 600,
        textAlign: 'left',
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& th, & td': {
        height: 40,
        padding: theme.spacing(0.5, 1.25),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& tbody tr:last-child td': { borderBottom: 0 },
      '& tbody tr:hover': { backgroundColor: theme.palette.action.hover },
      '& [data-column=progress]': { width: '30%' },
      '& [data-column=wave]': { textAlign: 'right', whiteSpace: 'nowrap' },
      // A narrow screen shows each row as a block of lines: a table that scrolls sideways hides what matters.
      [theme.breakpoints.down('xs')]: {
        '&, & tbody': { display: 'block' },
        '& thead': { display: 'none' },
        '& tbody tr': {
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) auto',
          gridTemplateAreas: `"campaign created" "state wave" "progress progress" "requester requester"`,
          gap: theme.spacing(0.5, 2),
          padding: theme.spacing(1.25, 1.5),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
        '& td': {
          height: 'auto',
          border: 0,
          padding: 0,
          overflowWrap: 'anywhere',
        },
        '& [data-column=progress]': { width: 'auto' },
        '& td[data-column=wave]::before': {
          content: 'attr(data-label) " "',
          color: theme.palette.text.secondary,
        },
      },
    },
    stale: { opacity: 0.55 },
    strong: { fontWeight: 600 },
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
    words: { fontSize: theme.typography.caption.fontSize, marginBottom: 2 },
  }),
  { name: 'AgentTasksCampaignTable' },
);

/** Campaigns in dense rows: their state, how far they have come, and who asked for them. */
export function CampaignTable(props: {
  campaigns: CampaignSummary[];
  isStale: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const cell = (column: (typeof columns)[number]) => ({
    role: 'cell',
    'data-column': column,
    'data-label': t(`campaign.column.${column}`),
    style: { gridArea: column },
  });
  return (
    <Paper variant="outlined" className={classes.frame}>
      <table
        role="table"
        aria-label={t('campaign.table')}
        aria-busy={props.isStale}
        className={classNames(classes.table, {
          [classes.stale]: props.isStale,
        })}
      >
        <thead {...rowGroup}>
          <tr role="row">
            {columns.map(column => (
              <th
                key={column}
                role="columnheader"
                scope="col"
                data-column={column}
              >
                {t(`campaign.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...rowGroup}>
          {props.campaigns.map(campaign => (
            <tr key={campaign.id} role="row">
              <td {...cell('state')}>
                <span title={campaign.stop ?? campaign.paused?.reason}>
                  <CampaignStateLabel state={campaign.state} />
                </span>
              </td>
              <td {...cell('campaign')}>
                <CampaignLink
                  campaignId={campaign.id}
                  className={classes.strong}
                >
                  {campaign.template.title}
                </CampaignLink>
                {campaign.trigger && (
                  <div className={classes.note}>
                    {t('campaign.trigger', { name: campaign.trigger.name })}
                  </div>
                )}
              </td>
              <td {...cell('progress')}>
                <div className={classes.words}>
                  {t('campaign.progress.merged', {
                    merged: String(campaign.states.merged ?? 0),
                    all: String(campaign.taskCount),
                  })}
                </div>
                <PartBar counts={countParts(campaign.states)} />
              </td>
              <td {...cell('wave')}>
                {t('campaign.waveOf', {
                  released: String(campaign.waves.released),
                  total: String(campaign.waves.total),
                })}
              </td>
              <td {...cell('requester')}>
                <ActorName actor={campaign.requester} />
              </td>
              <td {...cell('created')}>
                <RelativeTime at={campaign.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

import type {
  TeamDetails,
  TeamSlot,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ExternalLink } from '../links/ExternalLink';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { TeamLink } from '../links/TeamLink';
import { Pages } from '../queue/Pages';
import { blockTable } from '../tables/blockTable';
import { cell, rowGroup } from '../tables/tableRoles';
import { StateLabel } from '../tasks/StateLabel';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const SLOTS_PER_PAGE = 15;

const useStyles = makeStyles(
  theme => ({
    table: blockTable({
      theme,
      upTo: 'xs',
      rules: {
        '& th, & td': {
          padding: theme.spacing(0.5, 2, 0.5, 0),
          textAlign: 'left',
        },
        '& [data-numeric=true]': { textAlign: 'right' },
      },
      blockRules: {
        '& td': { textAlign: 'right' },
        '& td:first-child': { textAlign: 'left' },
        '& tbody tr': { padding: theme.spacing(1, 0) },
      },
    }),
    muted: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksSlotTable' },
);

/** The tasks that hold slots of a team: which, since when, and with what change. */
export function SlotTable(props: { team: TeamDetails }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team } = props;
  const hidden = team.slotsTotal - team.slots.length;
  const columns = [
    'task',
    ...(team.isParent ? (['team'] as const) : []),
    'state',
    'holds',
    'minutes',
    'since',
  ] as const;
  return (
    <>
      {team.slots.length > 0 && (
        <Pages
          label={t('team.slots.pages')}
          items={team.slots}
          perPage={SLOTS_PER_PAGE}
        >
          {shown => (
            <table
              role="table"
              className={classes.table}
              aria-label={t('team.slots.table')}
            >
              <thead {...rowGroup}>
                <tr role="row">
                  {columns.map(column => (
                    <th
                      key={column}
                      role="columnheader"
                      scope="col"
                      data-numeric={column === 'minutes' || column === 'since'}
                    >
                      {t(`team.slots.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody {...rowGroup}>
                {shown.map(slot => (
                  <SlotRow
                    key={slot.task}
                    slot={slot}
                    hasTeam={team.isParent}
                  />
                ))}
              </tbody>
            </table>
          )}
        </Pages>
      )}
      {(hidden > 0 || team.slots.length === 0) && (
        <Typography variant="body2" color="textSecondary">
          {hidden > 0
            ? t('team.slots.hidden', { count: hidden })
            : t('team.slots.none')}
        </Typography>
      )}
    </>
  );
}

function SlotRow(props: { slot: TeamSlot; hasTeam: boolean }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { slot, hasTeam } = props;
  return (
    <tr role="row">
      <td {...cell}>
        <TaskLink taskId={slot.task}>
          {slot.template} · {repositoryName({ repositoryRef: slot.repository })}
        </TaskLink>
        {slot.change && (
          <div className={classes.muted}>
            <ExternalLink to={slot.change.url}>
              {slot.change.number !== undefined &&
                `${t('change.number', { number: String(slot.change.number) })} `}
              {slot.change.title ?? t('change.untitled')}
            </ExternalLink>
          </div>
        )}
      </td>
      {hasTeam && (
        <td {...cell} data-label={t('team.slots.team')}>
          {slot.team ? <TeamLink team={slot.team} /> : '–'}
        </td>
      )}
      <td {...cell} data-label={t('team.slots.state')}>
        <StateLabel state={slot.state} />
      </td>
      <td {...cell} data-label={t('team.slots.holds')}>
        {slot.holds.map(kind => t(`team.slots.kind.${kind}`)).join(', ')}
      </td>
      <td {...cell} data-label={t('team.slots.minutes')} data-numeric="true">
        {slot.minutes ?? '–'}
      </td>
      <td {...cell} data-label={t('team.slots.since')} data-numeric="true">
        <RelativeTime at={slot.since} />
      </td>
    </tr>
  );
}

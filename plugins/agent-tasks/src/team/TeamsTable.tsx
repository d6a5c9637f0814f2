import type { TeamSummary } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { TeamLink } from '../links/TeamLink';
import { nameOfEntity } from '../queue/useTeamTitles';
import { blockTable } from '../tables/blockTable';
import { cell, rowGroup } from '../tables/tableRoles';
import { agentTasksTranslationRef } from '../translation';
import { UsageBullet } from './UsageBullet';

const columns = [
  'team',
  'queued',
  'running',
  'changes',
  'minutes',
  'cohort',
] as const;

const useStyles = makeStyles(
  theme => ({
    table: blockTable({
      theme,
      upTo: 'xs',
      rules: { '& tr > :first-child': { textAlign: 'left' } },
    }),
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
    muted: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksTeamsTable' },
);

/** Teams, each with how much of its limits is taken. */
export function TeamsTable(props: { teams: TeamSummary[]; own: string[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const label = (column: (typeof columns)[number]) => ({
    ...cell,
    'data-label': t(`team.column.${column}`),
  });
  const notesOf = (team: TeamSummary) => [
    ...(props.own.includes(team.team) ? [t('team.own')] : []),
    ...(team.isParent ? [t('team.parent')] : []),
    ...(team.paused ? [t('team.paused')] : []),
    ...(team.limitsSet ? [t('team.limitsSet')] : []),
    ...(team.gone ? [t('team.gone')] : []),
  ];
  return (
    <table role="table" className={classes.table} aria-label={t('team.table')}>
      <thead {...rowGroup}>
        <tr role="row">
          {columns.map(column => (
            <th key={column} role="columnheader" scope="col">
              {t(`team.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...rowGroup}>
        {props.teams.map(team => (
          <tr key={team.team} role="row">
            <td {...cell}>
              <TeamLink team={team.team}>
                {team.title ?? nameOfEntity(team.team)}
              </TeamLink>{' '}
              <span className={classes.note}>{notesOf(team).join(' · ')}</span>
            </td>
            <td {...label('queued')}>{team.queued}</td>
            <td {...label('running')}>
              <UsageBullet usage={team.running} />
            </td>
            <td {...label('changes')}>
              <span>
                <UsageBullet usage={team.changes} isUrgent={team.queued > 0} />
                {team.changes.foreign > 0 && (
                  <div className={classes.note}>
                    {t('team.budget.foreign', {
                      number: String(team.changes.foreign),
                    })}
                  </div>
                )}
              </span>
            </td>
            <td {...label('minutes')}>
              <UsageBullet
                usage={team.reviewMinutes}
                isUrgent={team.queued > 0}
              />
            </td>
            <td {...label('cohort')}>
              {team.cohort ?? <span className={classes.muted}>–</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { Campaign } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { TeamLink } from '../links/TeamLink';
import { Pages } from '../queue/Pages';
import { useTeamTitles } from '../queue/useTeamTitles';
import { blockTable } from '../tables/blockTable';
import { cell, rowGroup } from '../tables/tableRoles';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { countParts, type PartCounts } from './campaignProgress';
import { PartBar } from './PartBar';

const PER_PAGE = 10;

const numbers = [
  'merged',
  'inReview',
  'working',
  'waiting',
  'failed',
  'without',
] as const;

const useStyles = makeStyles(
  theme => ({
    frame: { overflowX: 'auto' },
    table: blockTable({
      theme,
      upTo: 'xs',
      rules: {
        '& tr > :first-child': { textAlign: 'left' },
        '& [data-column=progress]': { width: '24%', textAlign: 'left' },
      },
      blockRules: { '& [data-column=progress]': { width: 'auto' } },
    }),
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
    button: { minWidth: 0 },
  }),
  { name: 'AgentTasksTeamOutcomes' },
);

/** What became of the tasks of each team, with the way to those tasks. */
export function TeamOutcomes(props: {
  teams: Campaign['teams'];
  onShow: (team: string) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { teams } = props;
  const titleOf = useTeamTitles(teams.map(({ team }) => team));
  const count = (counts: PartCounts, column: (typeof numbers)[number]) =>
    column === 'waiting' ? counts.waiting + counts.held : counts[column];
  return (
    <Panel heading={t('campaign.teams.heading')}>
      <Pages label={t('campaign.teams.pages')} items={teams} perPage={PER_PAGE}>
        {rows => (
          <div className={classes.frame}>
            <table
              role="table"
              className={classes.table}
              aria-label={t('campaign.teams.table')}
            >
              <thead {...rowGroup}>
                <tr role="row">
                  {(['team', 'tasks', 'progress', ...numbers] as const).map(
                    column => (
                      <th
                        key={column}
                        role="columnheader"
                        scope="col"
                        data-column={column}
                      >
                        {t(`campaign.teams.${column}`)}
                      </th>
                    ),
                  )}
                  <th role="columnheader" scope="col" aria-hidden="true" />
                </tr>
              </thead>
              <tbody {...rowGroup}>
                {rows.map(({ team, tasks, states, gone }) => {
                  const counts = countParts(states);
                  return (
                    <tr key={team} role="row">
                      <td {...cell}>
                        <span>
                          <TeamLink team={team} />{' '}
                          {gone && (
                            <span className={classes.note}>
                              {t('campaign.teams.gone')}
                            </span>
                          )}
                        </span>
                      </td>
                      <td {...cell} data-label={t('campaign.teams.tasks')}>
                        {tasks}
                      </td>
                      <td {...cell} data-column="progress">
                        <PartBar counts={counts} />
                      </td>
                      {numbers.map(column => (
                        <td
                          key={column}
                          {...cell}
                          data-label={t(`campaign.teams.${column}`)}
                        >
                          {count(counts, column)}
                        </td>
                      ))}
                      <td {...cell}>
                        <Button
                          size="small"
                          className={classes.button}
                          aria-label={t('campaign.teams.show', {
                            team: titleOf(team),
                          })}
                          onClick={() => props.onShow(team)}
                        >
                          {t('campaign.teams.showShort')}
                        </Button>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Pages>
    </Panel>
  );
}

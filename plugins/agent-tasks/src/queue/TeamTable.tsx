import type { Queue } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { EntityLink } from '../links/EntityLink';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { Bullet } from './Bullet';
import { HoldBar } from './HoldBar';
import { countByReason } from './holdReasons';
import { Pages } from './Pages';

/** Teams on a page; with more there is a search. */
export const TEAMS_PER_PAGE = 25;

const columns = [
  'team',
  'queued',
  'holds',
  'oldest',
  'running',
  'changes',
] as const;

// The roles are spelt out because a table that is laid out as blocks, on a narrow screen, would lose them.
const rowGroup = { role: 'rowgroup' };

const useStyles = makeStyles(
  theme => ({
    search: { marginBottom: theme.spacing(1), maxWidth: 280 },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      '& th': {
        textAlign: 'left',
        fontSize: theme.typography.caption.fontSize,
        fontWeight: 600,
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& th, & td': {
        height: 40,
        padding: theme.spacing(0, 1),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& tr > :first-child': { paddingLeft: 0 },
      '& tr > :last-child': { paddingRight: 0 },
      '& td': { whiteSpace: 'nowrap' },
      '& tbody tr:last-child td': { borderBottom: 0 },
      '& [data-column=holds]': { width: '45%' },
      '& [data-column=team]': {
        maxWidth: 200,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
      },
      '& [data-column=queued], & [data-column=oldest], & [data-column=running], & [data-column=changes]':
        { textAlign: 'right' },
      // As blocks, because a table that scrolls sideways hides what matters.
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
          gridTemplateAreas: `"team queued" "holds holds" "oldest oldest" "running running" "changes changes"`,
          gap: theme.spacing(0.25, 2),
          padding: theme.spacing(1.25, 0),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
        '& tbody tr:last-child': { borderBottom: 0 },
        '& td, & [data-column=holds], & [data-column=team]': {
          width: 'auto',
          height: 'auto',
          minWidth: 0,
          maxWidth: 'none',
          border: 0,
          padding: 0,
        },
        '& td[data-label]': {
          display: 'flex',
          justifyContent: 'space-between',
          gap: theme.spacing(2),
          '&::before': {
            content: 'attr(data-label)',
            color: theme.palette.text.secondary,
          },
        },
        '& td[data-column=queued]::before': { content: 'attr(data-label)' },
      },
    },
    muted: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksTeamTable' },
);

/** How deep the queue of each team is and what holds it, beside how much of its limits is taken. */
export function TeamTable(props: {
  teams: Queue['teams'];
  titleOf: (team: string) => string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { teams, titleOf } = props;
  const id = useId();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = wanted
    ? teams.filter(
        ({ team }) =>
          team.toLowerCase().includes(wanted) ||
          titleOf(team).toLowerCase().includes(wanted),
      )
    : teams;
  // Of all teams, not of those in sight: a bar must not grow because one searches.
  const longest = Math.max(0, ...teams.map(team => team.queued));

  return (
    <>
      {teams.length > TEAMS_PER_PAGE && (
        <TextField
          id={id}
          label={t('queue.search')}
          type="search"
          value={text}
          onChange={event => setText(event.target.value)}
          variant="outlined"
          size="small"
          fullWidth
          className={classes.search}
        />
      )}
      {found.length === 0 ? (
        <p role="status">{t('queue.noTeam')}</p>
      ) : (
        <Pages
          key={wanted}
          label={t('queue.pages')}
          items={found}
          perPage={TEAMS_PER_PAGE}
        >
          {shown => (
            <table
              role="table"
              aria-label={t('queue.teams')}
              className={classes.table}
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
                      {t(`queue.column.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody {...rowGroup}>
                {shown.map(team => (
                  <TeamRow
                    key={team.team}
                    team={team}
                    title={titleOf(team.team)}
                    longest={longest}
                  />
                ))}
              </tbody>
            </table>
          )}
        </Pages>
      )}
    </>
  );
}

function TeamRow(props: {
  team: Queue['teams'][number];
  title: string;
  longest: number;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team } = props;
  const cell = (column: (typeof columns)[number]) => ({
    role: 'cell',
    'data-column': column,
    style: { gridArea: column },
  });
  const labelled = (column: (typeof columns)[number]) => ({
    ...cell(column),
    // The narrow layout has no head row in sight and names the values itself.
    'data-label': t(`queue.column.${column}`),
  });
  return (
    <tr role="row">
      <td {...cell('team')}>
        <EntityLink entityRef={team.team} />
      </td>
      <td {...labelled('queued')}>{team.queued}</td>
      <td {...cell('holds')}>
        {team.queued > 0 && (
          <HoldBar
            team={team.team}
            title={props.title}
            queued={team.queued}
            held={countByReason({ holds: [team.holds] })}
            longest={props.longest}
          />
        )}
      </td>
      <td {...labelled('oldest')}>
        {team.oldestQueuedAt ? (
          <RelativeTime at={team.oldestQueuedAt} />
        ) : (
          <span className={classes.muted}>–</span>
        )}
      </td>
      <td {...labelled('running')}>
        <Bullet slots={team.running} />
      </td>
      <td {...labelled('changes')}>
        <Bullet
          slots={team.changes}
          // Red is for what needs a person now: somebody has to review so that a task can start.
          isUrgent={Boolean(team.holds['team-changes'])}
        />
      </td>
    </tr>
  );
}

import type { Queue } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  memo,
  useCallback,
  useDeferredValue,
  useId,
  useMemo,
  useState,
} from 'react';
import { hiddenFromEyes } from '../live/hiddenFromEyes';
import { rowGroup } from '../tables/tableRoles';
import { agentTasksTranslationRef } from '../translation';
import { Pages } from './Pages';
import { TeamRow } from './TeamRow';
import type { BrakeTargets } from './useBrakeTargets';

/** Teams on a page; with more there is a search. */
export const TEAMS_PER_PAGE = 25;

const columns = [
  'team',
  'queued',
  'holds',
  'oldest',
  'share',
  'running',
  'changes',
  'why',
] as const;

export type TeamColumn = (typeof columns)[number];

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
      '& [data-column=holds]': { width: '34%' },
      '& [data-column=team]': {
        maxWidth: 200,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
      },
      '& [data-column=queued], & [data-column=oldest], & [data-column=share], & [data-column=running], & [data-column=changes], & [data-column=why]':
        { textAlign: 'right' },
      '& [data-open=true] td': { borderBottom: 0 },
      '& td[data-column=panel]': { height: 'auto', whiteSpace: 'normal' },
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
          gridTemplateAreas: `"team queued" "holds holds" "oldest oldest" "share share" "running running" "changes changes" "why why" "panel panel"`,
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
  }),
  { name: 'AgentTasksTeamTable' },
);

const FoundTeams = memo(function FoundTeamsView(props: {
  queue: Queue;
  titleOf: (team: string) => string;
  targets: BrakeTargets;
  /** A part of a name, in small letters. */
  wanted: string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { queue, titleOf, targets, wanted } = props;
  const { teams } = queue;
  const found = useMemo(
    () =>
      wanted
        ? teams.filter(
            ({ team }) =>
              team.toLowerCase().includes(wanted) ||
              titleOf(team).toLowerCase().includes(wanted),
          )
        : teams,
    [teams, titleOf, wanted],
  );
  const renderPage = useCallback(
    (shown: Queue['teams']) => (
      <TeamRows
        shown={shown}
        queue={queue}
        titleOf={titleOf}
        targets={targets}
      />
    ),
    [queue, titleOf, targets],
  );
  return found.length === 0 ? (
    <p role="status">{t('queue.noTeam')}</p>
  ) : (
    <Pages
      key={wanted}
      label={t('queue.pages')}
      items={found}
      perPage={TEAMS_PER_PAGE}
    >
      {renderPage}
    </Pages>
  );
});

/** How deep the queue of each team is and what holds it, beside how much of its limits is taken. */
export function TeamTable(props: {
  queue: Queue;
  titleOf: (team: string) => string;
  targets: BrakeTargets;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { queue, titleOf, targets } = props;
  const id = useId();
  const [text, setText] = useState('');
  // The field answers at once, and the table follows.
  const wanted = useDeferredValue(text).trim().toLowerCase();
  return (
    <>
      {queue.teams.length > TEAMS_PER_PAGE && (
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
      <FoundTeams
        queue={queue}
        titleOf={titleOf}
        targets={targets}
        wanted={wanted}
      />
    </>
  );
}

function TeamRows(props: {
  shown: Queue['teams'];
  queue: Queue;
  titleOf: (team: string) => string;
  targets: BrakeTargets;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { shown, queue, titleOf, targets } = props;
  const { teams } = queue;
  // Of all teams, not of those in sight: a bar must not grow because one searches.
  const longest = Math.max(0, ...teams.map(team => team.queued));
  const largestShare = Math.max(
    0,
    ...teams.flatMap(({ share }) => [share.fair, share.actual]),
  );
  return (
    <table role="table" aria-label={t('queue.teams')} className={classes.table}>
      <thead {...rowGroup}>
        <tr role="row">
          {columns.map(column => (
            <th
              key={column}
              role="columnheader"
              scope="col"
              data-column={column}
            >
              {column === 'why' ? (
                <span style={hiddenFromEyes}>{t('queue.column.why')}</span>
              ) : (
                t(`queue.column.${column}`)
              )}
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
            largestShare={largestShare}
            columns={columns.length}
            queue={queue}
            targets={targets}
          />
        ))}
      </tbody>
    </table>
  );
}

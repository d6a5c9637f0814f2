import type { Task } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import type { ReactNode } from 'react';
import { ActorName } from '../links/ActorName';
import { EntityLink } from '../links/EntityLink';
import { RepositoryLink, repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { TeamLink } from '../links/TeamLink';
import { cell, rowGroup } from '../tables/tableRoles';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { ChangeBrief } from './ChangeBrief';
import { StateLabel } from './StateLabel';

/** A column of the table. */
export type TaskColumn =
  | 'state'
  | 'task'
  | 'components'
  | 'repository'
  | 'team'
  | 'change'
  | 'requester'
  | 'since';

const allColumns: TaskColumn[] = [
  'state',
  'since',
  'task',
  'components',
  'repository',
  'team',
  'change',
  'requester',
];

/** Rows that a person has chosen. */
export interface TaskSelection {
  selected: ReadonlySet<string>;
  onToggle: (taskIds: string[], isSelected: boolean) => void;
}

/** So many components stand in a row; the rest is a number. */
const SHOWN_COMPONENTS = 2;

export const useTaskTableStyles = makeStyles(
  theme => ({
    frame: { overflowX: 'auto', position: 'relative' },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: theme.typography.body2.fontSize,
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
        padding: theme.spacing(0, 1.25),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& td': {
        whiteSpace: 'nowrap',
        maxWidth: 260,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
      },
      '& tbody tr:last-child td': { borderBottom: 0 },
      '& tbody tr:hover': { backgroundColor: theme.palette.action.hover },
      // A narrow screen shows each row as a block of lines: a table that scrolls sideways hides what matters.
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
          gridTemplateAreas: `"state since" "task change" "components team" "repository requester"`,
          gap: theme.spacing(0.25, 2),
          padding: theme.spacing(1.25, 1.5),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
        '& tbody tr:last-child': { borderBottom: 0 },
        '& td': {
          height: 'auto',
          maxWidth: 'none',
          border: 0,
          padding: 0,
          minWidth: 0,
          overflowWrap: 'anywhere',
          textAlign: 'left',
        },
        '& [data-column=since], & [data-column=change], & [data-column=team], & [data-column=requester]':
          { textAlign: 'right' },
        // The state of a review is long, and what the task is about is read first.
        '& [data-column=change]': { maxWidth: 112, whiteSpace: 'normal' },
      },
    },
    selectable: {
      '& [data-column=select]': { width: 16, paddingRight: 0 },
      '& input': {
        display: 'block',
        width: 16,
        height: 16,
        margin: 0,
        accentColor: theme.palette.primary.main,
      },
      [theme.breakpoints.down('xs')]: {
        '& tbody tr': {
          gridTemplateColumns: '16px minmax(0, 1fr) auto',
          gridTemplateAreas: `"select state since" ". task change" ". components team" ". repository requester"`,
        },
        '& [data-column=select]': { width: 'auto' },
      },
    },
    stale: { opacity: 0.55 },
    strong: { fontWeight: 600 },
    muted: { color: theme.palette.text.secondary },
    list: { '& > * + *': { marginLeft: theme.spacing(1) } },
  }),
  { name: 'AgentTasksTaskTable' },
);

/** Tasks in dense rows, in which everything that is a thing is a link to itself. */
export function TaskTable(props: {
  tasks: Task[];
  hiddenColumns?: TaskColumn[];
  /** The rows answer an earlier question; the new ones are on their way. */
  isStale?: boolean;
  /** Lets a person choose rows, to do something to all of them. */
  selection?: TaskSelection;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useTaskTableStyles();
  const { selection } = props;
  const isWhole = props.tasks.every(task => selection?.selected.has(task.id));
  const columns = allColumns.filter(
    column => !props.hiddenColumns?.includes(column),
  );
  return (
    <Paper variant="outlined" className={classes.frame}>
      <table
        role="table"
        aria-label={t('table.label')}
        aria-busy={props.isStale ?? false}
        className={classNames(classes.table, {
          [classes.stale]: props.isStale,
          [classes.selectable]: selection,
        })}
      >
        <thead {...rowGroup}>
          <tr role="row">
            {selection && (
              <th role="columnheader" scope="col" data-column="select">
                <input
                  type="checkbox"
                  aria-label={t('campaign.tasks.selectPage')}
                  checked={props.tasks.length > 0 && isWhole}
                  onChange={() =>
                    selection.onToggle(
                      props.tasks.map(task => task.id),
                      !isWhole,
                    )
                  }
                />
              </th>
            )}
            {columns.map(column => (
              <th key={column} role="columnheader" scope="col">
                {t(`table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...rowGroup}>
          {props.tasks.map(task => (
            <tr key={task.id} role="row">
              {selection && (
                <td
                  {...cell}
                  data-column="select"
                  style={{ gridArea: 'select' }}
                >
                  <input
                    type="checkbox"
                    aria-label={t('campaign.tasks.select', {
                      repository: repositoryName({
                        repositoryRef: task.repository.ref,
                      }),
                    })}
                    checked={selection.selected.has(task.id)}
                    onChange={event =>
                      selection.onToggle([task.id], event.target.checked)
                    }
                  />
                </td>
              )}
              {columns.map(column => (
                <td
                  key={column}
                  {...cell}
                  data-column={column}
                  style={{ gridArea: column }}
                >
                  <TaskCell task={task} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

function TaskCell(props: { task: Task; column: TaskColumn }): ReactNode {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useTaskTableStyles();
  const { task } = props;
  switch (props.column) {
    case 'state':
      return (
        <span title={task.stateReason}>
          <StateLabel state={task.state} />
        </span>
      );
    case 'task':
      return (
        <TaskLink
          taskId={task.id}
          className={classes.strong}
          aria-label={t('table.open', {
            template: task.template.title,
            repository: repositoryName({ repositoryRef: task.repository.ref }),
          })}
        >
          {task.template.title}
        </TaskLink>
      );
    case 'components':
      return (
        <span className={classes.list}>
          {task.components.slice(0, SHOWN_COMPONENTS).map(component => (
            <EntityLink
              key={component.entityRef}
              entityRef={component.entityRef}
            />
          ))}
          {task.components.length > SHOWN_COMPONENTS && (
            <TaskLink taskId={task.id} className={classes.muted}>
              {t('table.more', {
                rest: String(task.components.length - SHOWN_COMPONENTS),
              })}
            </TaskLink>
          )}
        </span>
      );
    case 'repository':
      return <RepositoryLink repository={task.repository} />;
    case 'team':
      return <TeamLink team={task.team} />;
    case 'change':
      return task.change ? (
        <ChangeBrief change={task.change} />
      ) : (
        <span className={classes.muted} aria-label={t('table.noChange')}>
          –
        </span>
      );
    case 'requester':
      return <ActorName actor={task.requester} />;
    default:
      return <RelativeTime at={task.stateSince} />;
  }
}

import type { TemplateRevisionSummary } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ActorName } from '../links/ActorName';
import { Pages } from '../queue/Pages';
import { blockTable } from '../tables/blockTable';
import { cell, rowGroup } from '../tables/tableRoles';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { TemplateFigure } from './TemplateFigure';

const REVISIONS_PER_PAGE = 10;

const columns = [
  'revision',
  'written',
  'author',
  'use',
  'success',
  'merged',
  'run',
  'minutes',
  'cost',
  'actions',
] as const;

const textColumns = new Set<string>(['revision', 'written', 'author']);

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    table: blockTable({
      theme,
      upTo: 'sm',
      rules: {
        '& th, & td': {
          padding: theme.spacing(0.5, 0.75),
          whiteSpace: 'nowrap',
        },
        '& th': { whiteSpace: 'normal', verticalAlign: 'bottom' },
        '& tbody tr:last-child td': { borderBottom: undefined },
      },
      blockRules: {
        '& td': { whiteSpace: 'normal' },
        '& td$text:not(:first-child)': { textAlign: 'right' },
        '& td:first-child': { textAlign: 'left' },
        '& td:last-child': { justifyContent: 'flex-start' },
        '& td:last-child::before': { display: 'none' },
      },
    }),
    text: { '&&': { textAlign: 'left' } },
    figure: {},
    number: { fontWeight: 600 },
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
    button: { minWidth: 0 },
    foot: { marginTop: theme.spacing(1) },
  }),
  { name: 'AgentTasksRevisionTable' },
);

/** Revisions: who wrote each and when, what became of its tasks, and the way to what it changed. */
export function RevisionTable(props: {
  /** The newest first. */
  revisions: TemplateRevisionSummary[];
  onCompare: (chosen: { from: number; to: number }) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { revisions } = props;
  const label = (column: (typeof columns)[number]) => ({
    ...cell,
    'data-label': t(`templates.column.${column}`),
    className: textColumns.has(column) ? classes.text : classes.figure,
  });
  const beforeOf = new Map(
    revisions.map((revision, index) => [
      revision.number,
      revisions[index + 1]?.number,
    ]),
  );
  if (revisions.length === 0) {
    return <p role="status">{t('templates.page.revisionsNone')}</p>;
  }
  return (
    <>
      <Pages
        label={t('templates.page.revisionsPages')}
        items={revisions}
        perPage={REVISIONS_PER_PAGE}
      >
        {shown => (
          <div className={classes.scroll}>
            <table
              role="table"
              className={classes.table}
              aria-label={t('templates.page.revisionsTable')}
            >
              <thead {...rowGroup}>
                <tr role="row">
                  {columns.map(column => (
                    <th
                      key={column}
                      role="columnheader"
                      scope="col"
                      className={
                        textColumns.has(column) ? classes.text : undefined
                      }
                    >
                      {t(`templates.column.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody {...rowGroup}>
                {shown.map(revision => {
                  const { number, statistics } = revision;
                  const before = beforeOf.get(number);
                  return (
                    <tr key={number} role="row">
                      <td {...cell} className={classes.text}>
                        <span className={classes.number}>{number}</span>{' '}
                        <span className={classes.note}>
                          {revision.current && t('templates.page.current')}
                          {revision.draft && t('templates.page.draft')}
                        </span>
                      </td>
                      <td {...label('written')}>
                        <RelativeTime at={revision.createdAt} />
                      </td>
                      <td {...label('author')}>
                        {revision.createdBy ? (
                          <ActorName actor={revision.createdBy} />
                        ) : (
                          t('templates.page.fromCatalog')
                        )}
                      </td>
                      <td {...label('use')}>
                        <TemplateFigure
                          value={statistics.tasks}
                          unit="number"
                        />
                      </td>
                      <td {...label('success')}>
                        <TemplateFigure
                          value={statistics.successRate}
                          unit="share"
                        />
                      </td>
                      <td {...label('merged')}>
                        <TemplateFigure
                          value={statistics.mergeRate}
                          unit="share"
                        />
                      </td>
                      <td {...label('run')}>
                        <TemplateFigure
                          value={statistics.medianRunSeconds}
                          unit="seconds"
                        />
                      </td>
                      <td {...label('minutes')}>
                        <TemplateFigure
                          value={statistics.reviewMinutes}
                          unit="number"
                        />
                      </td>
                      <td {...label('cost')}>
                        <TemplateFigure
                          value={statistics.aiCredits}
                          unit="number"
                        />
                      </td>
                      <td {...label('actions')}>
                        {before !== undefined && (
                          <Button
                            size="small"
                            className={classes.button}
                            aria-label={t('templates.page.whatChangedIn', {
                              number: String(number),
                            })}
                            onClick={() =>
                              props.onCompare({ from: before, to: number })
                            }
                          >
                            {t('templates.page.whatChanged')}
                          </Button>
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Pages>
      <Typography
        variant="caption"
        component="p"
        color="textSecondary"
        className={classes.foot}
      >
        {t('templates.page.revisionsNote')}
      </Typography>
    </>
  );
}

import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { alpha, makeStyles } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import classNames from 'classnames';
import { Fragment, type ReactNode, useMemo, useState } from 'react';
import { hiddenFromEyes } from '../../live/hiddenFromEyes';
import { agentTasksTranslationRef } from '../../translation';
import {
  type ComparedLine,
  type ComparedRow,
  compareTexts,
  type FoldedRows,
  foldRows,
} from './compareTexts';

/** Lines in sight before and behind a change. */
const LINES_AROUND = 3;

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
    scroll: {
      overflowX: 'auto',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
      lineHeight: 1.5,
      '& th': {
        fontFamily: theme.typography.fontFamily,
        fontSize: theme.typography.caption.fontSize,
        textAlign: 'left',
        padding: theme.spacing(0.5, 1),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& td': { padding: theme.spacing(0, 1), verticalAlign: 'top' },
    },
    beside: { tableLayout: 'fixed' },
    number: {
      width: 44,
      textAlign: 'right',
      color: theme.palette.text.secondary,
      userSelect: 'none',
      fontVariantNumeric: 'tabular-nums',
    },
    sign: { width: 20, textAlign: 'center', userSelect: 'none' },
    text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    removed: {
      backgroundColor: alpha(theme.palette.error.main, 0.12),
      '& $word': { backgroundColor: alpha(theme.palette.error.main, 0.28) },
      '& $number': { color: theme.palette.text.primary },
    },
    added: {
      backgroundColor: alpha(theme.palette.success.main, 0.14),
      '& $word': { backgroundColor: alpha(theme.palette.success.main, 0.32) },
      '& $number': { color: theme.palette.text.primary },
    },
    word: { color: 'inherit', textDecoration: 'none', borderRadius: 2 },
    absent: { backgroundColor: theme.palette.action.hover },
    fold: {
      fontFamily: theme.typography.fontFamily,
      backgroundColor: theme.palette.action.hover,
      textAlign: 'center',
    },
    same: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksTextComparison' },
);

/** How two texts differ: one below the other, or side by side where there is room. */
export function TextComparison(props: {
  /** What is compared, for who listens. */
  label: string;
  before: { title: string; text: string };
  after: { title: string; text: string };
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const isWide = useMediaQuery('(min-width: 960px)');
  const [isUnified, setUnified] = useState(false);
  const { before, after } = props;
  const { rows, added, removed } = useMemo(
    () => compareTexts({ before: before.text, after: after.text }),
    [before.text, after.text],
  );
  const folded = useMemo(
    () => foldRows({ rows, around: LINES_AROUND }),
    [rows],
  );
  if (added + removed === 0) {
    return <p role="status">{t('templates.diff.same')}</p>;
  }
  const View = isWide && !isUnified ? BesideEachOther : OneBelowTheOther;
  return (
    <>
      <div className={classes.head}>
        <span role="status">
          {t('templates.diff.summary', {
            added: String(added),
            removed: String(removed),
          })}
        </span>
        {isWide && (
          <Button size="small" onClick={() => setUnified(!isUnified)}>
            {t(isUnified ? 'templates.diff.beside' : 'templates.diff.unified')}
          </Button>
        )}
      </div>
      <div
        className={classes.scroll}
        role="region"
        aria-label={props.label}
        // What scrolls has to be reached by the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <View
          // Folds that were opened belong to the texts that they were opened in.
          key={`${before.title}\n${after.title}`}
          label={props.label}
          titles={[before.title, after.title]}
          rows={folded}
        />
      </div>
    </>
  );
}

interface ViewProps {
  label: string;
  titles: [before: string, after: string];
  rows: (ComparedRow | FoldedRows)[];
}

function BesideEachOther(props: ViewProps) {
  const classes = useStyles();
  return (
    <table
      className={classNames(classes.table, classes.beside)}
      aria-label={props.label}
    >
      <thead>
        <tr>
          {props.titles.map(title => (
            <Fragment key={title}>
              <th className={classes.number} aria-hidden="true" />
              <th scope="col">{title}</th>
            </Fragment>
          ))}
        </tr>
      </thead>
      <tbody>
        <Rows rows={props.rows} columns={4}>
          {(row, index) => {
            const isChanged = row.kind === 'changed';
            return (
              <tr key={index}>
                <Side
                  line={row.before}
                  change={isChanged ? 'removed' : undefined}
                />
                <Side
                  line={row.after}
                  change={isChanged ? 'added' : undefined}
                />
              </tr>
            );
          }}
        </Rows>
      </tbody>
    </table>
  );
}

function OneBelowTheOther(props: ViewProps) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  return (
    <table className={classes.table} aria-label={props.label}>
      <thead>
        <tr>
          {props.titles.map(title => (
            <th key={title} scope="col" className={classes.number}>
              <span style={hiddenFromEyes}>{title}</span>
            </th>
          ))}
          <th className={classes.sign} aria-hidden="true" />
          <th scope="col">
            {t('templates.diff.fromTo', {
              before: props.titles[0],
              after: props.titles[1],
            })}
          </th>
        </tr>
      </thead>
      <tbody>
        <Rows rows={props.rows} columns={4} isGrouped>
          {(row, index) =>
            row.kind === 'same' ? (
              <UnifiedLine key={index} before={row.before} after={row.after} />
            ) : (
              <Fragment key={index}>
                {row.before && <UnifiedLine before={row.before} />}
                {row.after && <UnifiedLine after={row.after} />}
              </Fragment>
            )
          }
        </Rows>
      </tbody>
    </table>
  );
}

/** The rows, with a button in the place of those that are folded. */
function Rows(props: {
  rows: (ComparedRow | FoldedRows)[];
  columns: number;
  /** Of lines that follow each other, show all that went before all that came. */
  isGrouped?: boolean;
  children: (row: ComparedRow, index: string) => ReactNode;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const visible = props.rows.flatMap((row, index) =>
    row.kind === 'folded' && unfolded.has(index) ? row.rows : [row],
  );
  const rows = props.isGrouped ? groupChanges(visible) : visible;
  return (
    <>
      {rows.map((row, index) =>
        row.kind === 'folded' ? (
          <tr key={index}>
            <td colSpan={props.columns} className={classes.fold}>
              <Button
                size="small"
                onClick={() =>
                  setUnfolded(new Set([...unfolded, props.rows.indexOf(row)]))
                }
              >
                {t('templates.diff.unfold', { count: row.rows.length })}
              </Button>
            </td>
          </tr>
        ) : (
          props.children(row, String(index))
        ),
      )}
    </>
  );
}

function groupChanges(
  rows: (ComparedRow | FoldedRows)[],
): (ComparedRow | FoldedRows)[] {
  const grouped: (ComparedRow | FoldedRows)[] = [];
  let come: ComparedRow[] = [];
  for (const row of rows) {
    if (row.kind === 'changed') {
      if (row.before) {
        grouped.push({ kind: 'changed', before: row.before });
      }
      if (row.after) {
        come.push({ kind: 'changed', after: row.after });
      }
    } else {
      grouped.push(...come, row);
      come = [];
    }
  }
  return [...grouped, ...come];
}

function Side(props: {
  line: ComparedLine | undefined;
  change: 'added' | 'removed' | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { line, change } = props;
  if (!line) {
    return (
      <>
        <td className={classNames(classes.number, classes.absent)} />
        <td className={classes.absent} />
      </>
    );
  }
  return (
    <>
      <td className={classes.number}>{line.number}</td>
      <td
        className={classNames(
          classes.text,
          change ? classes[change] : classes.same,
        )}
      >
        {change && (
          <span style={hiddenFromEyes}>{t(`templates.diff.${change}`)} </span>
        )}
        <Parts line={line} />
      </td>
    </>
  );
}

function UnifiedLine(props: { before?: ComparedLine; after?: ComparedLine }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { before, after } = props;
  let change: 'added' | 'removed' | undefined;
  if (!before || !after) {
    change = after ? 'added' : 'removed';
  }
  const line = after ?? before;
  return (
    <tr className={change && classes[change]}>
      <td className={classes.number}>{before?.number}</td>
      <td className={classes.number}>{after?.number}</td>
      <td className={classes.sign}>
        {change && (
          <>
            <span aria-hidden="true">{change === 'added' ? '+' : '−'}</span>
            <span style={hiddenFromEyes}>{t(`templates.diff.${change}`)}</span>
          </>
        )}
      </td>
      <td className={classNames(classes.text, !change && classes.same)}>
        {line && <Parts line={line} />}
      </td>
    </tr>
  );
}

function Parts(props: { line: ComparedLine }) {
  const classes = useStyles();
  return (
    <>
      {props.line.parts.map((part, index) =>
        part.isChanged ? (
          <mark key={index} className={classes.word}>
            {part.text}
          </mark>
        ) : (
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </>
  );
}

import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
    button: { minWidth: 0 },
  }),
  { name: 'AgentTasksPages' },
);

/**
 * Shows a list that is here as a whole in pages, so that a long one does not slow the browser down. Whoever renders it
 * often gives it the same `items` and `children` as before where nothing has changed.
 */
export function Pages<T>(props: {
  /** What is paged, for screen readers. */
  label: string;
  items: T[];
  perPage: number;
  children: (items: T[]) => ReactNode;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const [wanted, setPage] = useState(0);
  const { items, perPage } = props;
  // The list may have become shorter since.
  const last = Math.max(0, Math.ceil(items.length / perPage) - 1);
  const page = Math.min(wanted, last);
  const from = page * perPage;
  const to = Math.min(items.length, from + perPage);
  // The buttons answer at once, and a page of many rows is drawn behind them.
  const drawn = Math.min(useDeferredValue(page), last);
  const { children } = props;
  const content = useMemo(
    () => children(items.slice(drawn * perPage, (drawn + 1) * perPage)),
    [children, items, drawn, perPage],
  );
  return (
    <>
      {content}
      {last > 0 && (
        <nav aria-label={props.label} className={classes.root}>
          <span role="status">
            {t('queue.range', {
              from: String(from + 1),
              to: String(to),
              all: String(items.length),
            })}
          </span>
          <Button
            size="small"
            className={classes.button}
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            {t('queue.previous')}
          </Button>
          <Button
            size="small"
            className={classes.button}
            disabled={page === last}
            onClick={() => setPage(page + 1)}
          >
            {t('queue.nextPage')}
          </Button>
        </nav>
      )}
    </>
  );
}

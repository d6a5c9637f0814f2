import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { pageSizes } from '../lists/pageAddress';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
      fontSize: theme.typography.body2.fontSize,
      color: theme.palette.text.secondary,
    },
    button: { minWidth: 0 },
    size: {
      marginRight: theme.spacing(1),
      '& select': {
        font: 'inherit',
        color: theme.palette.text.primary,
        backgroundColor: theme.palette.background.paper,
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: theme.shape.borderRadius,
        padding: 4,
        marginLeft: theme.spacing(1),
      },
    },
  }),
  { name: 'AgentTasksPaging' },
);

/** Goes through pages that the backend cuts; how many there are nobody counts, so none is numbered. */
export function Paging(props: {
  /** What is paged, for screen readers; tasks by default. */
  label?: string;
  /** The backend knows no way back but to the first page. */
  isForwardOnly?: boolean;
  previousCursor?: string;
  nextCursor?: string;
  isFirst: boolean;
  limit?: number;
  onCursor: (cursor: string | undefined) => void;
  onLimit?: (limit: number) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  return (
    <nav aria-label={props.label ?? t('paging.label')} className={classes.root}>
      {props.onLimit && (
        <label className={classes.size}>
          {t('paging.perPage')}
          <select
            value={props.limit}
            onChange={event => props.onLimit?.(Number(event.target.value))}
          >
            {pageSizes.map(size => (
              <option key={size} value={size}>
                {size}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button
        size="small"
        className={classes.button}
        disabled={props.isFirst}
        onClick={() => props.onCursor(undefined)}
      >
        {t('paging.first')}
      </Button>
      {!props.isForwardOnly && (
        <Button
          size="small"
          className={classes.button}
          disabled={!props.previousCursor}
          onClick={() => props.onCursor(props.previousCursor)}
        >
          {t('paging.newer')}
        </Button>
      )}
      <Button
        size="small"
        className={classes.button}
        disabled={!props.nextCursor}
        onClick={() => props.onCursor(props.nextCursor)}
      >
        {t('paging.older')}
      </Button>
    </nav>
  );
}

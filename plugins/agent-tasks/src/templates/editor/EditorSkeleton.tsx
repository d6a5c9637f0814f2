import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
      gap: theme.spacing(2),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
  }),
  { name: 'AgentTasksEditorSkeleton' },
);

/** The shape of the editor before its text is there. */
export function EditorSkeleton() {
  const classes = useStyles();
  return (
    <div aria-hidden="true">
      <Skeleton variant="text" width="30%" height={40} />
      <div className={classes.root}>
        <Skeleton variant="rect" height="64vh" />
        <Skeleton variant="rect" height={320} />
      </div>
    </div>
  );
}

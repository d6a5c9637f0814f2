import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { Surface } from './Surface';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
    },
  }),
  { name: 'AgentTasksPageContent' },
);

/** The room around a page where the frontend system gives none. */
export function PageContent(props: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <main className={classes.root}>
      <Surface>{props.children}</Surface>
    </main>
  );
}

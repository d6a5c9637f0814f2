import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { Surface } from './Surface';

const useStyles = makeStyles(
  theme => ({
    root: {
      // In line with the header above, which leaves room below itself.
      padding: theme.spacing(0, 2.5, 3),
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

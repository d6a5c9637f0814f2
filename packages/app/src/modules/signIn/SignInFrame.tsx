import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { LogoMark } from '../nav/LogoMark';

const useStyles = makeStyles(theme => ({
  root: {
    minHeight: '100vh',
    padding: theme.spacing(4, 2),
    boxSizing: 'border-box',
    backgroundColor: theme.palette.background.default,
    color: theme.palette.text.primary,
    [theme.breakpoints.up('sm')]: { padding: theme.spacing(8, 4) },
  },
  content: { maxWidth: 1040, margin: '0 auto' },
  portal: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(4),
    color: theme.palette.text.secondary,
  },
  title: {
    fontSize: theme.typography.pxToRem(28),
    fontWeight: 700,
    margin: 0,
  },
  subtitle: {
    margin: theme.spacing(1, 0, 4),
    maxWidth: 640,
    color: theme.palette.text.secondary,
  },
}));

/** The page around whatever one signs in with. */
export function SignInFrame(props: {
  title: string;
  subtitle: string;
  children?: ReactNode;
}) {
  const classes = useStyles();
  const portal =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Portal';
  return (
    <main className={classes.root}>
      <div className={classes.content}>
        <div className={classes.portal}>
          <LogoMark size={32} />
          <Typography variant="subtitle1" component="span">
            {portal}
          </Typography>
        </div>
        <h1 className={classes.title}>{props.title}</h1>
        <Typography className={classes.subtitle}>{props.subtitle}</Typography>
        {props.children}
      </div>
    </main>
  );
}

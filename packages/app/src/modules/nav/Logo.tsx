import { useSidebarOpenState } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { LogoMark } from './LogoMark';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    color: theme.palette.navigation.selectedColor,
  },
  name: {
    fontSize: theme.typography.pxToRem(17),
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
}));

/** The portal's mark, and its name where there is room for it. */
export function Logo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  const title = useApi(configApiRef).getOptionalString('app.title') ?? 'Portal';
  return (
    <span className={classes.root}>
      <LogoMark size={28} />
      {isOpen && <span className={classes.name}>{title}</span>}
    </span>
  );
}

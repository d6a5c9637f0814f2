import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';

/** The ground of all text of Agent Tasks: the portal's own small type, whatever the page around it has. */
export function Surface(props: { children: ReactNode }) {
  return (
    <Typography component="div" variant="body2">
      {props.children}
    </Typography>
  );
}

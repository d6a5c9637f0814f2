import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReactNode } from 'react';
import { taskRouteRef } from '../routes';

/** A link to a task's page. */
export function TaskLink(props: {
  taskId: string;
  children: ReactNode;
  className?: string;
  'aria-label'?: string;
}) {
  const toTask = useRouteRef(taskRouteRef);
  return (
    <Link
      to={toTask({ taskId: props.taskId })}
      className={props.className}
      aria-label={props['aria-label']}
    >
      {props.children}
    </Link>
  );
}

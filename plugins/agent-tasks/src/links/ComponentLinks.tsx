import type { TaskComponent } from '@agent-tasks/plugin-agent-tasks-common';
import Typography from '@material-ui/core/Typography';
import { EntityLink } from './EntityLink';

/** The components of a task, each with its folder in the repository. */
export function ComponentLinks(props: { components: TaskComponent[] }) {
  return (
    <>
      {props.components.map(component => (
        <div key={component.entityRef}>
          <EntityLink entityRef={component.entityRef} />
          {component.path && (
            <Typography component="span" variant="body2" color="textSecondary">
              {' '}
              <code>{component.path}</code>
            </Typography>
          )}
        </div>
      ))}
    </>
  );
}

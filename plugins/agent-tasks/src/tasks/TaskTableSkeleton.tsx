import Paper from '@material-ui/core/Paper';
import Skeleton from '@material-ui/lab/Skeleton';

/** The shape of a table of tasks before it is there. */
export function TaskTableSkeleton(props: { rows?: number }) {
  return (
    <Paper variant="outlined" aria-hidden="true">
      {Array.from({ length: (props.rows ?? 8) + 1 }, (_, index) => (
        <div
          key={index}
          style={{
            height: 40,
            display: 'flex',
            alignItems: 'center',
            gap: 24,
            padding: '0 12px',
          }}
        >
          <Skeleton width={90} />
          <Skeleton width="22%" />
          <Skeleton width="18%" />
          <Skeleton width="18%" />
          <Skeleton width={110} />
        </div>
      ))}
    </Paper>
  );
}

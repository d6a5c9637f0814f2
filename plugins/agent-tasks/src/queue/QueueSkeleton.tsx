import Paper from '@material-ui/core/Paper';
import Skeleton from '@material-ui/lab/Skeleton';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';

/** The shape of the queue before it is there. */
export function QueueSkeleton() {
  return (
    <div aria-hidden="true">
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))',
          gap: 16,
          marginBottom: 16,
        }}
      >
        {[0, 1, 2, 3, 4].map(index => (
          <Paper
            key={index}
            variant="outlined"
            style={{ padding: '12px 16px' }}
          >
            <Skeleton width={80} />
            <Skeleton width={120} height={36} />
            <Skeleton />
          </Paper>
        ))}
      </div>
      <Skeleton variant="rect" height={300} style={{ marginBottom: 16 }} />
      <TaskTableSkeleton rows={6} />
    </div>
  );
}

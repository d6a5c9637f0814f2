import {
  AGENT_TASKS_SIGNAL_CHANNEL,
  type AgentTasksSignal,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  startTransition,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { describeError } from '../states/describeError';
import { LiveLoop } from './LiveLoop';

/** Something that is read from the backend and kept current. */
export interface LiveResource<T> {
  /** What was read last. */
  value?: T;
  /** Why the newest attempt failed; `value` is then what an earlier one read. */
  error?: Error;
  /** Nothing has been read and nothing has failed yet. */
  isLoading: boolean;
  /** `value` belongs to what was asked for before, and the answer to the present question is on its way. */
  isPrevious: boolean;
  /** When `value` was read, in milliseconds since the epoch. */
  updatedAt?: number;
  /** Reads it now. */
  refresh: () => void;
}

interface Reading<T> {
  key: string;
  value?: T;
  error?: Error;
  updatedAt?: number;
}

/**
 * Reads something and keeps it current: at once, whenever a signal says that a task changed, and by polling behind it.
 */
export function useLiveResource<T>(options: {
  /** What is asked for. Another key is another question: what was read before no longer answers it. */
  key: string;
  load: (signal: AbortSignal) => Promise<T>;
  /** Whether a change of these tasks concerns it; by default every change does. */
  isConcerned?: (taskIds: string[], value: T | undefined) => boolean;
  /** Whether something in it is under way; by default never. */
  isUnsettled?: (value: T) => boolean;
  /** Go on showing the answer to the question before until the new one is there. */
  keepPrevious?: boolean;
}): LiveResource<T> {
  const { key, keepPrevious = false } = options;
  const signals = useApiHolder().get(signalApiRef);
  const [reading, setReading] = useState<Reading<T>>({ key });
  const loop = useRef<LiveLoop<T>>();

  const latest = useRef({ options, value: reading.value });
  useEffect(() => {
    latest.current = { options, value: reading.value };
  });

  useEffect(() => {
    const started = LiveLoop.start<T>({
      load: signal => latest.current.options.load(signal),
      isUnsettled: value =>
        latest.current.options.isUnsettled?.(value) ?? false,
      // Of hundreds of teams a page takes a while to draw, and whoever types or clicks meanwhile does not wait for it.
      onValue: value =>
        startTransition(() =>
          setReading({ key, value, updatedAt: Date.now() }),
        ),
      onError: error =>
        setReading(before =>
          // What one may no longer see, or what is gone, must not stay on the screen.
          before.key === key && !isFinal(error)
            ? { ...before, error }
            : { key, error },
        ),
    });
    loop.current = started;

    // Not useSignal: of two messages within one render it shows the last one alone, and the first would be lost.
    const subscription = signals?.subscribe<AgentTasksSignal>(
      AGENT_TASKS_SIGNAL_CHANNEL,
      message => {
        const { isConcerned } = latest.current.options;
        const taskIds = message.taskIds ?? [];
        if (!isConcerned || isConcerned(taskIds, latest.current.value)) {
          started.hint();
        }
      },
    );

    return () => {
      subscription?.unsubscribe();
      started.stop();
    };
  }, [key, signals]);

  const refresh = useCallback(() => loop.current?.refresh(), []);

  const isCurrent = reading.key === key;
  if (isCurrent || (keepPrevious && reading.value !== undefined)) {
    return {
      value: reading.value,
      error: isCurrent ? reading.error : undefined,
      updatedAt: reading.updatedAt,
      isLoading: reading.value === undefined && !reading.error,
      isPrevious: !isCurrent,
      refresh,
    };
  }
  return { isLoading: true, isPrevious: false, refresh };
}

function isFinal(error: Error): boolean {
  const { status } = describeError(error);
  return status === 403 || status === 404;
}

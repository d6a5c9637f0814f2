import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  countListedElsewhere,
  formatLaunchParameters,
  type LaunchAddressState,
  type LaunchParameters,
  parseLaunchParameters,
} from './launchParameters';

/** Browsers refuse an address that changes with every key. */
const WRITE_PAUSE_MS = 300;

/**
 * What is chosen on the page that launches, kept in the address, so that it can be sent to somebody and is still there
 * after a reload.
 */
export function useLaunchParameters() {
  const location = useLocation();
  const navigate = useNavigate();
  const read = () =>
    parseLaunchParameters(
      new URLSearchParams(location.search),
      location.state as LaunchAddressState | undefined,
    );
  const [parameters, setParameters] = useState(read);
  // What the address held when it was read or written last: anything else there came from outside, such as a link.
  const known = useRef(location.search);
  const latest = useRef({ location, read });
  useEffect(() => {
    latest.current = { location, read };
  });

  useEffect(() => {
    if (location.search !== known.current) {
      known.current = location.search;
      setParameters(latest.current.read());
    }
  }, [location.search]);

  useEffect(() => {
    const timer = setTimeout(() => {
      const { search, state } = formatLaunchParameters(parameters);
      const text = search.size ? `?${search}` : '';
      const { pathname } = latest.current.location;
      const before = latest.current.location.search;
      const isSame =
        String(new URLSearchParams(before)) === String(search) ||
        before !== known.current;
      if (!isSame) {
        known.current = text;
        navigate(`${pathname}${text}`, { replace: true, state });
      }
    }, WRITE_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [navigate, parameters]);

  const listedElsewhere = countListedElsewhere(
    new URLSearchParams(location.search),
  );
  return {
    parameters,
    change: useCallback(
      (update: Partial<LaunchParameters>) =>
        setParameters(before => ({ ...before, ...update })),
      [],
    ),
    /** So many components the address stands for without holding them, and here is no trace of them. */
    lost:
      parameters.selection.kind === 'listed' &&
      parameters.selection.components.length === 0
        ? listedElsewhere
        : 0,
  };
}

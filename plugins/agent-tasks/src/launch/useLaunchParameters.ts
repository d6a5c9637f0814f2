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
      search(location),
      location.state as LaunchAddressState | undefined,
    );
  const [parameters, setParameters] = useState(read);
  // The address is written anew soon, and then says no longer what it stood for.
  const [listed, setListed] = useState(() =>
    countListedElsewhere(search(location)),
  );
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
      setListed(countListedElsewhere(search(latest.current.location)));
    }
  }, [location.search]);

  useEffect(() => {
    const timer = setTimeout(() => {
      const { search: written, state } = formatLaunchParameters(parameters);
      const text = written.size ? `?${written}` : '';
      const { pathname } = latest.current.location;
      const before = latest.current.location.search;
      // A list beside the address may be another one though the address is the same.
      const isWritten =
        String(new URLSearchParams(before)) === String(written) &&
        !state.components;
      if (!isWritten && before === known.current) {
        known.current = text;
        navigate(`${pathname}${text}`, { replace: true, state });
      }
    }, WRITE_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [navigate, parameters]);

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
        ? listed
        : 0,
  };
}

function search(location: { search: string }): URLSearchParams {
  return new URLSearchParams(location.search);
}

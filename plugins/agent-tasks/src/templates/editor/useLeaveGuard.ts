import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Asks before one leaves a page with changes that are not saved: the browser asks before it closes the tab or loads
 * another page, and a dialog where a link within the portal was clicked.
 */
export function useLeaveGuard(isChanged: boolean): {
  /** A link was clicked, and waits for an answer. */
  isAsked: boolean;
  stay: () => void;
  leave: () => void;
} {
  const [link, setLink] = useState<HTMLAnchorElement>();
  const isLeaving = useRef(false);

  useEffect(() => {
    if (!isChanged) {
      return undefined;
    }
    const beforeUnload = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      // Older browsers look at this alone.
      event.returnValue = true;
    };
    const click = (event: MouseEvent) => {
      const clicked =
        event.target instanceof Element &&
        event.target.closest<HTMLAnchorElement>('a[href]');
      if (clicked && !isLeaving.current && leavesPage(event, clicked)) {
        event.preventDefault();
        event.stopPropagation();
        setLink(clicked);
      }
    };
    window.addEventListener('beforeunload', beforeUnload);
    // Before the router hears of it.
    document.addEventListener('click', click, true);
    return () => {
      window.removeEventListener('beforeunload', beforeUnload);
      document.removeEventListener('click', click, true);
    };
  }, [isChanged]);

  return {
    isAsked: link !== undefined,
    stay: useCallback(() => setLink(undefined), []),
    leave: useCallback(() => {
      isLeaving.current = true;
      setLink(undefined);
      link?.click();
      isLeaving.current = false;
    }, [link]),
  };
}

/** Whether a click takes this tab to another page of the portal; one that opens a new tab leaves nothing. */
function leavesPage(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const isPlain =
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  return (
    isPlain &&
    (!link.target || link.target === '_self') &&
    !link.hasAttribute('download') &&
    link.origin === window.location.origin &&
    link.pathname !== window.location.pathname
  );
}

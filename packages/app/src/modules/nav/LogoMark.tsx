/** A branch that leaves the trunk and ends in a finished change. */
export function LogoMark(props: {
  /** Width and height in pixels. */
  size: number;
}) {
  return (
    <svg
      aria-hidden
      width={props.size}
      height={props.size}
      viewBox="0 0 32 32"
      xmlns="http://www.w3.org/2000/svg"
      style={{ flexShrink: 0 }}
    >
      <path
        d="M9 8v16M9 20c0-6 14-2 14-9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <circle cx="9" cy="7" r="3.5" fill="currentColor" />
      <circle cx="9" cy="25" r="3.5" fill="currentColor" />
      <circle cx="23" cy="9" r="4.5" fill="#5fd4b1" />
    </svg>
  );
}

/** Shapes that stand beside words, so that no state is told by colour alone. All are decoration to a reader's ear. */
export type IconName = 'check' | 'warning' | 'cross' | 'info' | 'empty' | 'half' | 'lock'

const shapes: Readonly<Record<IconName, React.ReactNode>> = {
  check: (
    <>
      <circle cx="8" cy="8" r="7.25" fill="currentColor" />
      <path d="m4.6 8.3 2.3 2.3 4.5-4.9" fill="none" stroke="#fff" strokeWidth="1.8" />
    </>
  ),
  warning: (
    <>
      <path d="M8 1.2 15.4 14.6H.6Z" fill="currentColor" strokeLinejoin="round" />
      <path d="M8 5.8v4.2M8 11.4v1.7" stroke="#fff" strokeWidth="1.7" />
    </>
  ),
  cross: (
    <>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
      <path d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4" stroke="#fff" strokeWidth="1.8" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="7.25" fill="currentColor" />
      <path d="M8 7v5M8 3.9v1.8" stroke="#fff" strokeWidth="1.8" />
    </>
  ),
  empty: <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" fill="currentColor" />
    </>
  ),
  lock: (
    <>
      <rect x="2.75" y="7" width="10.5" height="7.5" rx="1" fill="currentColor" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
}

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      className={`inline-block size-[1em] flex-none ${className}`}
    >
      {shapes[name]}
    </svg>
  )
}

export function Spinner() {
  return <span className="mfa-spinner" aria-hidden="true" />;
}

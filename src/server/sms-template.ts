/**
 * The text of the message, with `{{code}}` where WorkOS puts the code. Its last line binds the code to the app's own site:
 * phones then offer it there and nowhere else.
 * @param host The app's host name, such as `app.example`.
 * @see WICG, "Origin-bound one-time codes delivered via SMS".
 */
export function smsTemplate(text: string, host: string): string {
  return /\n@\S+ #\{\{code\}\}$/.test(text) ? text : `${text}\n\n@${host} #{{code}}`;
}

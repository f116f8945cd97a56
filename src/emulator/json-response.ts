/** With the content type exactly as WorkOS sends it: a client that wants `application/json` and no more must notice. */
export const jsonResponse = (body: object, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  });

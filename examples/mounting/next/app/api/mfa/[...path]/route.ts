async function answer(request: Request): Promise<Response> {
  // Only now: `next build` loads this file too, where there is neither a key nor a database.
  const { mfa } = await import('../../../../../mfa.ts');
  // Set by your own proxy, over whatever the client sent. Your platform may have another name for it.
  return mfa(request, request.headers.get('X-Real-IP') ?? undefined);
}

export { answer as DELETE, answer as GET, answer as POST };

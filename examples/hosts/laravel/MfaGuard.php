<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use App\Exceptions\MfaRefusal;
use Closure;
use Illuminate\Http\Request;
use stdClass;
use Symfony\Component\HttpFoundation\Response;

/** Before every call: somebody is signed in, a page of this app asked, and it sent JSON. On every answer: no caching. */
final class MfaGuard
{
    private const ORIGINS = ['https://app.example']; // your own, written out
    private const MAX_BODY = 16 * 1024;

    public function handle(Request $request, Closure $next): Response
    {
        // Not the `auth` middleware, which sends people to a page: the client follows no redirect.
        if ($request->user() === null) {
            throw new MfaRefusal(401, 'unauthenticated');
        }
        if (!$request->isMethod('GET')) {
            $this->requireOwnPage($request);
        }
        if ($request->isMethod('POST')) {
            $this->requireJson($request);
        }
        return MfaRefusal::withHeaders($next($request));
    }

    private function requireOwnPage(Request $request): void
    {
        $site = $request->headers->get('Sec-Fetch-Site');
        $origin = $request->headers->get('Origin');
        $isOwn = ($site !== null || $origin !== null)
            && ($site === null || $site === 'same-origin')
            && ($origin === null || in_array($origin, self::ORIGINS, true));
        if (!$isOwn || $request->headers->get('X-Requested-With') !== 'mfa-kit') {
            throw new MfaRefusal(403, 'forbidden');
        }
    }

    private function requireJson(Request $request): void
    {
        if (strtolower(trim(explode(';', $request->headers->get('Content-Type', ''))[0])) !== 'application/json') {
            throw new MfaRefusal(415, 'invalid_request');
        }
        $text = $request->getContent();
        if (strlen($text) > self::MAX_BODY) {
            throw new MfaRefusal(413, 'invalid_request');
        }
        if (!json_decode($text) instanceof stdClass) {
            throw new MfaRefusal(400, 'invalid_request');
        }
    }
}

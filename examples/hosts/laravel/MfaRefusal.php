<?php

declare(strict_types=1);

namespace App\Exceptions;

use Exception;
use Illuminate\Http\JsonResponse;
use Symfony\Component\HttpFoundation\Response;

/** A refusal in the contract's form. Laravel calls `render`; with `report` it stays out of the log. */
final class MfaRefusal extends Exception
{
    public function __construct(
        private readonly int $status,
        private readonly string $contractCode,
        private readonly ?int $retryAfter = null,
    ) {
        parent::__construct($contractCode);
    }

    public function report(): bool
    {
        return true; // reported, as far as Laravel is concerned
    }

    public function render(): Response
    {
        $body = ['code' => $this->contractCode, 'message' => 'The request was refused.'];
        $headers = [];
        if ($this->retryAfter !== null) {
            $body['retry_after'] = $this->retryAfter;
            $headers['Retry-After'] = (string) $this->retryAfter;
        }
        return self::withHeaders(new JsonResponse($body, $this->status, $headers));
    }

    public static function withHeaders(Response $response): Response
    {
        $response->headers->set('Cache-Control', 'no-store');
        $response->headers->set('Vary', 'Cookie, Origin');
        $response->headers->set('X-Content-Type-Options', 'nosniff');
        return $response;
    }
}

<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Exceptions\MfaRefusal;
use Closure;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;
use Symfony\Component\HttpFoundation\Response;
use Throwable;
use WorkOS\Exception\BaseRequestException;
use WorkOS\Exception\NotFoundException;
use WorkOS\Laravel\Services\WorkOSService;

/**
 * mfa-kit's contract on the WorkOS SDK for Laravel (`composer require workos/workos-php-laravel:^5`). In routes/web.php,
 * because it needs the session:
 *
 *     Route::prefix('api/mfa')->middleware([MfaGuard::class])->controller(MfaController::class)->group(function () {
 *         Route::get('factors', 'list');
 *         Route::post('factors', 'enroll');
 *         Route::get('factors/{id}', 'read');
 *         Route::delete('factors/{id}', 'delete');
 *         Route::post('factors/{id}/challenge', 'challenge');
 *         Route::post('challenges/{id}/verify', 'verify');
 *     });
 *
 * And the tables, in a migration: mfa_factors (id primary, user_id, verified default false, timestamps) and
 * mfa_challenges (id primary, factor_id, user_id).
 */
final class MfaController
{
    private const ISSUER = 'Example App';
    private const SMS_TEMPLATE = "Your Example App code is {{code}}.\n\n@app.example #{{code}}";

    /** What WorkOS may say that the person should hear. Anything else is our own trouble: 502, without its words. */
    private const PASSED_ON = [
        'authentication_challenge_expired',
        'authentication_challenge_previously_verified',
        'invalid_one_time_code',
        'invalid_phone_number',
        'one_time_code_expired',
        'one_time_code_previously_used',
        'one_time_code_too_many_attempts',
    ];

    // Injected, never `new \WorkOS\MFA()`: the key is set when the container first makes this service.
    public function __construct(private readonly WorkOSService $workos)
    {
    }

    public function list(Request $request): Response
    {
        $data = [];
        foreach (DB::table('mfa_factors')->where('user_id', $request->user()->id)->orderBy('created_at')->get() as $row) {
            $factor = $this->call(fn () => $this->workos->mfa()->getFactor($row->id), missing: null);
            if ($factor !== null) {
                $data[] = $this->factorWire($this->wireOf($factor), (bool) $row->verified);
            }
        }
        return new JsonResponse(['data' => $data]);
    }

    public function enroll(Request $request): Response
    {
        $this->requireSecondFactor($request);
        $type = $request->json('type');
        $phone = $request->json('phone_number');
        $mfa = $this->workos->mfa();
        $factor = match (true) {
            $type === 'totp' => $this->call(fn () => $mfa->enrollFactor('totp', self::ISSUER, $request->user()->email)),
            $type === 'sms' && is_string($phone) && preg_match('/^\+[1-9][0-9]{6,14}$/D', $phone) === 1
                => $this->call(fn () => $mfa->enrollFactor('sms', null, null, $phone)),
            $type === 'sms' => throw new MfaRefusal(422, 'invalid_phone_number'),
            default => throw new MfaRefusal(422, 'invalid_request'),
        };
        $wire = $this->wireOf($factor);
        DB::table('mfa_factors')->insert([
            'id' => $wire['id'],
            'user_id' => $request->user()->id,
            'verified' => false,
            'created_at' => now(),
        ]);
        return new JsonResponse($this->factorWire($wire, false, withSecret: true), 201);
    }

    public function read(Request $request, string $id): Response
    {
        $row = $this->owned('mfa_factors', $request, $id);
        $factor = $this->call(fn () => $this->workos->mfa()->getFactor($id));
        return new JsonResponse($this->factorWire($this->wireOf($factor), (bool) $row->verified));
    }

    public function delete(Request $request, string $id): Response
    {
        if ($this->owned('mfa_factors', $request, $id)->verified) {
            $this->requireSecondFactor($request);
        }
        $this->call(fn () => $this->workos->mfa()->deleteFactor($id), missing: null); // gone already is gone
        DB::table('mfa_challenges')->where('factor_id', $id)->delete();
        DB::table('mfa_factors')->where('id', $id)->delete();
        return new Response(status: 204);
    }

    public function challenge(Request $request, string $id): Response
    {
        if (!$this->owned('mfa_factors', $request, $id)->verified) {
            $this->requireSecondFactor($request);
        }
        $challenge = $this->wireOf($this->call(fn () => $this->workos->mfa()->challengeFactor($id, self::SMS_TEMPLATE)));
        DB::table('mfa_challenges')->insert([
            'id' => $challenge['id'],
            'factor_id' => $id,
            'user_id' => $request->user()->id,
        ]);
        return new JsonResponse($this->challengeWire($challenge), 201);
    }

    public function verify(Request $request, string $id): Response
    {
        $code = $request->json('code');
        if (!is_string($code) || preg_match('/^[0-9]{4,10}$/D', $code) !== 1) {
            throw new MfaRefusal(422, 'invalid_request');
        }
        $row = $this->owned('mfa_challenges', $request, $id);
        $verification = $this->wireOf($this->call(fn () => $this->workos->mfa()->verifyChallenge($id, $code)));
        if (($verification['challenge']['id'] ?? null) !== $id) {
            throw new MfaRefusal(502, 'server_error');
        }
        $isRight = $verification['valid'] === true;
        if ($isRight && DB::transaction(fn () => $this->accept($request, $id, $row->factor_id))) {
            $request->session()->regenerate(); // whoever holds a copy of the cookie from before is left with nothing
            $request->session()->put('second_factor_at', now()->timestamp);
        }
        return new JsonResponse(['challenge' => $this->challengeWire($verification['challenge']), 'valid' => $isRight]);
    }

    /** Takes a right code. Whether it proves who it is: anybody can show the code of a factor they just added. */
    private function accept(Request $request, string $challengeId, string $factorId): bool
    {
        // Locked, so that what is read still holds when the factor is marked.
        $factors = DB::table('mfa_factors')->where('user_id', $request->user()->id)->orderBy('id')->lockForUpdate()->get();
        // Of two that come at once one deletes the row, and only that one may pass.
        if (DB::table('mfa_challenges')->where('id', $challengeId)->delete() !== 1) {
            throw new MfaRefusal(422, 'authentication_challenge_previously_verified');
        }
        $verified = $factors->where('verified', true)->pluck('id');
        $isProof = $verified->isEmpty() || $verified->contains($factorId);
        if (!$isProof) {
            $this->requireSecondFactor($request);
        }
        DB::table('mfa_factors')->where('id', $factorId)->update(['verified' => true]);
        return $isProof;
    }

    /** Refuses a session that has shown the password alone, where the account has a second factor. */
    private function requireSecondFactor(Request $request): void
    {
        $hasOne = DB::table('mfa_factors')->where('user_id', $request->user()->id)->where('verified', true)->exists();
        if ($hasOne && !$request->session()->has('second_factor_at')) {
            throw new MfaRefusal(403, 'step_up_required');
        }
    }

    /** The row, if it is this user's. Somebody else's is answered as one that does not exist. */
    private function owned(string $table, Request $request, string $id): object
    {
        $isId = preg_match('/^[A-Za-z0-9_-]{1,128}$/D', $id) === 1; // the SDK puts it into a path as it is
        $row = $isId ? DB::table($table)->where('id', $id)->where('user_id', $request->user()->id)->first() : null;
        return $row ?? throw new MfaRefusal(404, 'entity_not_found');
    }

    /** Calls WorkOS, and turns its errors into the contract's. */
    private function call(Closure $operation, mixed $missing = 'refuse'): mixed
    {
        try {
            return $operation();
        } catch (NotFoundException) {
            return $missing === 'refuse' ? throw new MfaRefusal(404, 'entity_not_found') : $missing;
        } catch (BaseRequestException $error) {
            // Everything from 400 to 499 but 401, 403 and 404 is a BadRequestException: the status says which.
            if ($error->response->statusCode === 429) {
                throw new MfaRefusal(429, 'rate_limit_exceeded', retryAfter: 30);
            }
            throw in_array($error->responseCode, self::PASSED_ON, true)
                ? new MfaRefusal(422, $error->responseCode)
                : new MfaRefusal(502, 'server_error');
        } catch (Throwable) {
            throw new MfaRefusal(502, 'server_error');
        }
    }

    /** WorkOS's own answer. The SDK takes one that is no JSON for an object without anything in it. */
    private function wireOf(object $resource): array
    {
        return is_array($resource->raw) ? $resource->raw : throw new MfaRefusal(502, 'server_error');
    }

    // Field by field: what nobody thought of stays inside, and with it a challenge's `code`.

    private function factorWire(array $wire, bool $verified, bool $withSecret = false): array
    {
        $answer = $this->only($wire, ['id', 'type', 'created_at', 'updated_at']);
        $answer['status'] = $verified ? 'verified' : 'pending';
        if ($wire['type'] === 'totp') {
            $secrets = $withSecret ? ['secret', 'qr_code', 'uri'] : [];
            $answer['totp'] = $this->only($wire['totp'], ['issuer', 'user', ...$secrets]);
        } elseif ($wire['type'] === 'sms') {
            $answer['sms'] = ['phone_number' => '•••• ' . substr($wire['sms']['phone_number'], -4)];
        }
        return $answer;
    }

    private function challengeWire(array $wire): array
    {
        return $this->only($wire, ['id', 'authentication_factor_id', 'created_at', 'expires_at']);
    }

    private function only(array $wire, array $names): array
    {
        return array_filter(array_intersect_key($wire, array_flip($names)), fn ($value) => $value !== null);
    }
}

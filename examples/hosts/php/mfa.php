<?php

declare(strict_types=1);

// mfa-kit's contract on the WorkOS SDK for PHP (`composer require workos/workos-php:^4.29`), as a front controller:
// let the web server send everything below /api/mfa here.

require_once __DIR__ . '/vendor/autoload.php';
// Yours: complete_session(): the new session's Set-Cookie; user_of_session(): ?array{id, email, complete}, where `complete`
// tells whether this session came from there: somebody has shown a code in it.
require_once 'session.php';

const BASE_PATH = '/api/mfa';
const ORIGINS = ['https://app.example']; // your own, written out
const ISSUER = 'Example App';
const SMS_TEMPLATE = "Your Example App code is {{code}}.\n\n@app.example #{{code}}";
const MAX_BODY = 16 * 1024;
const ID = '(?<id>[A-Za-z0-9_-]{1,128})';

// With D, or $ would let a line break through at the end.
const ROUTES = [
    ['GET', '#^/factors$#D', 'list_factors'],
    ['POST', '#^/factors$#D', 'enroll_factor'],
    ['GET', '#^/factors/' . ID . '$#D', 'read_factor'],
    ['DELETE', '#^/factors/' . ID . '$#D', 'delete_factor'],
    ['POST', '#^/factors/' . ID . '/challenge$#D', 'challenge_factor'],
    ['POST', '#^/challenges/' . ID . '/verify$#D', 'verify_challenge'],
];

// What WorkOS may say that the person should hear. Anything else is our own trouble: 502, without its words.
const PASSED_ON = [
    'authentication_challenge_expired',
    'authentication_challenge_previously_verified',
    'invalid_one_time_code',
    'invalid_phone_number',
    'one_time_code_expired',
    'one_time_code_previously_used',
    'one_time_code_too_many_attempts',
];

final class Refusal extends Exception
{
    public function __construct(
        public readonly int $status,
        public readonly string $contractCode,
        public readonly ?int $retryAfter = null,
    ) {
        parent::__construct($contractCode);
    }
}

WorkOS\WorkOS::setApiKey(getenv('WORKOS_API_KEY'));

try {
    [$status, $body] = respond();
} catch (Refusal $refusal) {
    $status = $refusal->status;
    $body = ['code' => $refusal->contractCode, 'message' => 'The request was refused.'];
    if ($refusal->retryAfter !== null) {
        $body['retry_after'] = $refusal->retryAfter;
        header("Retry-After: {$refusal->retryAfter}");
    }
} catch (Throwable) {
    // Log the class and the place: a message may hold a phone number.
    [$status, $body] = [500, ['code' => 'server_error', 'message' => 'Something went wrong.']];
}
http_response_code($status);
header('Cache-Control: no-store');
header('Vary: Cookie, Origin');
header('X-Content-Type-Options: nosniff');
if ($body !== null) {
    header('Content-Type: application/json');
    echo json_encode($body, JSON_THROW_ON_ERROR);
}

function respond(): array
{
    $user = user_of_session() ?? throw new Refusal(401, 'unauthenticated');
    $method = $_SERVER['REQUEST_METHOD'];
    if ($method !== 'GET') {
        require_own_page();
    }
    // As it was sent: nothing is decoded.
    $address = explode('?', $_SERVER['REQUEST_URI'], 2)[0];
    $path = str_starts_with($address, BASE_PATH) ? substr($address, strlen(BASE_PATH)) : '';
    foreach (ROUTES as [$wanted, $pattern, $operation]) {
        if ($method === $wanted && preg_match($pattern, $path, $match)) {
            return isset($match['id']) ? $operation($user, $match['id']) : $operation($user);
        }
    }
    throw new Refusal(404, 'entity_not_found');
}

/** Refuses what another site made the browser send. */
function require_own_page(): void
{
    $site = $_SERVER['HTTP_SEC_FETCH_SITE'] ?? null;
    $origin = $_SERVER['HTTP_ORIGIN'] ?? null;
    $isOwn = ($site !== null || $origin !== null)
        && ($site === null || $site === 'same-origin')
        && ($origin === null || in_array($origin, ORIGINS, true));
    if (!$isOwn || ($_SERVER['HTTP_X_REQUESTED_WITH'] ?? '') !== 'mfa-kit') {
        throw new Refusal(403, 'forbidden');
    }
}

function body(): array
{
    if (strtolower(trim(explode(';', $_SERVER['CONTENT_TYPE'] ?? '')[0])) !== 'application/json') {
        throw new Refusal(415, 'invalid_request');
    }
    $text = (string) file_get_contents('php://input', length: MAX_BODY + 1);
    if (strlen($text) > MAX_BODY) {
        throw new Refusal(413, 'invalid_request');
    }
    // As an object first: an array would not tell {} from [].
    return json_decode($text) instanceof stdClass
        ? json_decode($text, true)
        : throw new Refusal(400, 'invalid_request');
}

function list_factors(array $user): array
{
    $select = run('SELECT id, verified FROM mfa_factor WHERE user_id = ? ORDER BY created_at', $user['id']);
    $data = [];
    foreach ($select->fetchAll() as ['id' => $id, 'verified' => $verified]) {
        $factor = work_os(fn ($mfa) => $mfa->getFactor($id), missing: null);
        if ($factor !== null) {
            $data[] = factor_wire(wire_of($factor), (bool) $verified);
        }
    }
    return [200, ['data' => $data]];
}

function enroll_factor(array $user): array
{
    ['type' => $type, 'phone_number' => $phone] = body() + ['type' => null, 'phone_number' => null];
    require_second_factor($user);
    if ($type === 'totp') {
        $factor = work_os(fn ($mfa) => $mfa->enrollFactor('totp', ISSUER, $user['email']));
    } elseif ($type === 'sms') {
        if (!is_string($phone) || !preg_match('/^\+[1-9][0-9]{6,14}$/D', $phone)) {
            throw new Refusal(422, 'invalid_phone_number');
        }
        $factor = work_os(fn ($mfa) => $mfa->enrollFactor('sms', null, null, $phone));
    } else {
        throw new Refusal(422, 'invalid_request');
    }
    $wire = wire_of($factor);
    run('INSERT INTO mfa_factor (id, user_id, created_at) VALUES (?, ?, ?)', $wire['id'], $user['id'], microtime(true));
    return [201, factor_wire($wire, false, withSecret: true)];
}

function read_factor(array $user, string $id): array
{
    ['verified' => $verified] = owned('SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?', $id, $user);
    return [200, factor_wire(wire_of(work_os(fn ($mfa) => $mfa->getFactor($id))), (bool) $verified)];
}

function delete_factor(array $user, string $id): array
{
    ['verified' => $verified] = owned('SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?', $id, $user);
    if ($verified) {
        require_second_factor($user);
    }
    work_os(fn ($mfa) => $mfa->deleteFactor($id), missing: null); // gone already is gone
    run('DELETE FROM mfa_challenge WHERE factor_id = ?', $id);
    run('DELETE FROM mfa_factor WHERE id = ?', $id);
    return [204, null];
}

function challenge_factor(array $user, string $id): array
{
    body();
    ['verified' => $verified] = owned('SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?', $id, $user);
    if (!$verified) {
        require_second_factor($user);
    }
    $challenge = wire_of(work_os(fn ($mfa) => $mfa->challengeFactor($id, SMS_TEMPLATE)));
    run('INSERT INTO mfa_challenge (id, factor_id, user_id) VALUES (?, ?, ?)', $challenge['id'], $id, $user['id']);
    return [201, challenge_wire($challenge)];
}

function verify_challenge(array $user, string $id): array
{
    $code = body()['code'] ?? null;
    if (!is_string($code) || !preg_match('/^[0-9]{4,10}$/D', $code)) {
        throw new Refusal(422, 'invalid_request');
    }
    $row = owned('SELECT factor_id FROM mfa_challenge WHERE id = ? AND user_id = ?', $id, $user);
    $verification = wire_of(work_os(fn ($mfa) => $mfa->verifyChallenge($id, $code)));
    if (($verification['challenge']['id'] ?? null) !== $id) {
        throw new Refusal(502, 'server_error');
    }
    $isRight = $verification['valid'] === true;
    if ($isRight && accept($user, $id, $row['factor_id'])) {
        header('Set-Cookie: ' . complete_session(), replace: false);
    }
    return [200, ['challenge' => challenge_wire($verification['challenge']), 'valid' => $isRight]];
}

/** Takes a right code. Whether it proves who it is: anybody can show the code of a factor they just added. */
function accept(array $user, string $challengeId, string $factorId): bool
{
    run('BEGIN IMMEDIATE'); // nobody else writes until the end; a refusal ends the script, and so undoes it all
    // Of two that come at once one deletes the row, and only that one may pass.
    if (run('DELETE FROM mfa_challenge WHERE id = ?', $challengeId)->rowCount() !== 1) {
        throw new Refusal(422, 'authentication_challenge_previously_verified');
    }
    $factor = owned('SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?', $factorId, $user);
    $isProof = $factor['verified'] || !has_second_factor($user);
    if (!$isProof) {
        require_second_factor($user);
    }
    run('UPDATE mfa_factor SET verified = 1 WHERE id = ?', $factorId);
    run('COMMIT');
    return $isProof;
}

function has_second_factor(array $user): bool
{
    return run('SELECT 1 FROM mfa_factor WHERE user_id = ? AND verified = 1', $user['id'])->fetch() !== false;
}

/** Refuses a session that has shown the password alone, where the account has a second factor. */
function require_second_factor(array $user): void
{
    if (!$user['complete'] && has_second_factor($user)) {
        throw new Refusal(403, 'step_up_required');
    }
}

/** Whose factors they are: WorkOS does not know. Any database will do. */
function run(string $sql, mixed ...$params): PDOStatement
{
    static $database = null;
    if ($database === null) {
        $database = new PDO('sqlite:' . (getenv('DATABASE') ?: 'mfa.sqlite3'), options: [
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
        ]);
        $database->exec('CREATE TABLE IF NOT EXISTS mfa_factor (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, verified INTEGER NOT NULL DEFAULT 0, created_at REAL NOT NULL)');
        $database->exec('CREATE TABLE IF NOT EXISTS mfa_challenge (id TEXT PRIMARY KEY, factor_id TEXT NOT NULL, user_id TEXT NOT NULL)');
    }
    $statement = $database->prepare($sql);
    $statement->execute($params);
    return $statement;
}

/** The row, if it is this user's. Somebody else's is answered as one that does not exist. */
function owned(string $select, string $id, array $user): array
{
    return run($select, $id, $user['id'])->fetch() ?: throw new Refusal(404, 'entity_not_found');
}

/** Calls WorkOS, and turns its errors into the contract's. */
function work_os(callable $operation, mixed $missing = 'refuse'): mixed
{
    try {
        return $operation(new WorkOS\MFA());
    } catch (WorkOS\Exception\NotFoundException) {
        return $missing === 'refuse' ? throw new Refusal(404, 'entity_not_found') : $missing;
    } catch (WorkOS\Exception\BaseRequestException $error) {
        // Everything from 400 to 499 but 401, 403 and 404 is a BadRequestException: the status says which.
        if ($error->response->statusCode === 429) {
            throw new Refusal(429, 'rate_limit_exceeded', retryAfter: 30);
        }
        throw in_array($error->responseCode, PASSED_ON, true)
            ? new Refusal(422, $error->responseCode)
            : new Refusal(502, 'server_error');
    } catch (Throwable) {
        throw new Refusal(502, 'server_error');
    }
}

/** WorkOS's own answer. The SDK takes one that is no JSON for an object without anything in it. */
function wire_of(object $resource): array
{
    return is_array($resource->raw) ? $resource->raw : throw new Refusal(502, 'server_error');
}

// Field by field: what nobody thought of stays inside, and with it a challenge's `code`.

function factor_wire(array $wire, bool $verified, bool $withSecret = false): array
{
    $answer = only($wire, ['id', 'type', 'created_at', 'updated_at']);
    $answer['status'] = $verified ? 'verified' : 'pending';
    if ($wire['type'] === 'totp') {
        $secrets = $withSecret ? ['secret', 'qr_code', 'uri'] : [];
        $answer['totp'] = only($wire['totp'], ['issuer', 'user', ...$secrets]);
    } elseif ($wire['type'] === 'sms') {
        $answer['sms'] = ['phone_number' => '•••• ' . substr($wire['sms']['phone_number'], -4)];
    }
    return $answer;
}

function challenge_wire(array $wire): array
{
    return only($wire, ['id', 'authentication_factor_id', 'created_at', 'expires_at']);
}

function only(array $wire, array $names): array
{
    return array_filter(array_intersect_key($wire, array_flip($names)), fn ($value) => $value !== null);
}

<?php

declare(strict_types=1);

// As much of workos-php 4 as the example host uses: the same names, arguments, objects and errors.

namespace WorkOS\Exception {
    interface WorkOSException extends \Throwable
    {
    }

    class GenericException extends \Exception implements WorkOSException
    {
    }

    class BaseRequestException extends \Exception implements WorkOSException
    {
        public $responseCode;

        public function __construct(public $response)
        {
            $json = json_decode($response->body, true);
            $this->responseCode = $json['code'] ?? null;
            parent::__construct($response->body); // the SDK's message is the whole body
        }
    }

    class AuthenticationException extends BaseRequestException
    {
    }
    class AuthorizationException extends BaseRequestException
    {
    }
    class BadRequestException extends BaseRequestException
    {
    }
    class NotFoundException extends BaseRequestException
    {
    }
    class ServerException extends BaseRequestException
    {
    }
}

namespace WorkOS {
    class WorkOS
    {
        public static ?string $apiKey = null;

        public static function setApiKey($apiKey)
        {
            self::$apiKey = $apiKey;
        }
    }

    /** What json_encode makes of it is {"raw": …}. */
    class Resource
    {
        protected $values = [];

        public function __construct(public $raw)
        {
        }
    }

    class MFA
    {
        public function enrollFactor($type, $totpIssuer = null, $totpUser = null, $phoneNumber = null)
        {
            return $this->request('POST', 'auth/factors/enroll', [
                'type' => $type,
                'totp_issuer' => $totpIssuer,
                'totp_user' => $totpUser,
                'phone_number' => $phoneNumber,
            ]);
        }

        public function getFactor($id)
        {
            return $this->request('GET', "auth/factors/$id");
        }

        public function deleteFactor($id)
        {
            return $this->request('DELETE', "auth/factors/$id");
        }

        public function challengeFactor($id, $smsTemplate = null)
        {
            return $this->request('POST', "auth/factors/$id/challenge", ['sms_template' => $smsTemplate]);
        }

        public function verifyChallenge($id, $code)
        {
            return $this->request('POST', "auth/challenges/$id/verify", ['code' => $code]);
        }

        private function request(string $method, string $path, ?array $params = null): Resource
        {
            $context = stream_context_create(['http' => [
                'method' => $method,
                'ignore_errors' => true,
                'header' => "Authorization: Bearer " . WorkOS::$apiKey . "\r\nContent-Type: application/json\r\nConnection: close",
                'content' => $params === null ? '' : json_encode(array_filter($params, fn ($value) => $value !== null)),
            ]]);
            $body = file_get_contents(getenv('WORKOS_BASE_URL') . "/$path", false, $context);
            $status = (int) explode(' ', $http_response_header[0])[1];
            if ($status >= 400) {
                $kind = match (true) {
                    $status >= 500 => Exception\ServerException::class,
                    $status === 401 => Exception\AuthenticationException::class,
                    $status === 403 => Exception\AuthorizationException::class,
                    $status === 404 => Exception\NotFoundException::class,
                    default => Exception\BadRequestException::class,
                };
                throw new $kind((object) ['body' => $body, 'headers' => [], 'statusCode' => $status]);
            }
            return new Resource(json_decode((string) $body, true));
        }
    }
}

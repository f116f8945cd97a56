<?php

declare(strict_types=1);

// The app's sessions, as the test has them: `session=ada.1` is Ada's first. A completed one gets the next number.

function user_of_session(): ?array
{
    [$name, $number] = explode('.', $_COOKIE['session'] ?? '.');
    return $name === ''
        ? null
        : ['id' => "user_$name", 'email' => "$name@example.com", 'complete' => (int) $number > 1];
}

function complete_session(): string
{
    [$name, $number] = explode('.', $_COOKIE['session']);
    return "session=$name." . ((int) $number + 1) . '; Path=/; HttpOnly';
}
